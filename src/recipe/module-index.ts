import { matchCaptures } from "../python/patterns.ts";
import { nestedBlocks, walkStatements, type Expr, type ImportFrom, type Stmt } from "../python/syntax.ts";
import { rootName, storeTargets } from "../python/walk.ts";
import type { SourceModule } from "./source-module.ts";

/** What a module's top level binds, and how. */
export interface ModuleIndex {
  /** The top-level statements that bind or change a name, in order. */
  readonly bindings: ReadonlyMap<string, readonly Stmt[]>;
  readonly stars: readonly ImportFrom[];
  /** Names that some function rebinds with `global`. */
  readonly rebound: ReadonlySet<string>;
  /** Names whose content a function of the module changes: `TABLE[key] = value`. */
  readonly filled: ReadonlySet<string>;
}

const indices = new WeakMap<SourceModule, ModuleIndex>();

export function indexOf(module: SourceModule): ModuleIndex {
  let index = indices.get(module);
  if (!index) {
    index = buildIndex(module);
    indices.set(module, index);
  }
  return index;
}

function buildIndex(module: SourceModule): ModuleIndex {
  const bindings = new Map<string, Stmt[]>();
  const stars: ImportFrom[] = [];
  const { body } = module.parsed().module;
  for (const stmt of body) {
    if (isTypeChecking(stmt)) continue;
    for (const name of touchedNames(stmt, stars)) {
      const known = bindings.get(name);
      if (!known) bindings.set(name, [stmt]);
      else if (known.at(-1) !== stmt) known.push(stmt);
    }
  }
  return { bindings, stars, ...changedByFunctions(module, body) };
}

/** Imports for annotations only; at run time the names are not there. */
export function isTypeChecking(stmt: Stmt): boolean {
  if (stmt.kind !== "If" || stmt.orelse.length > 0) return false;
  const { test } = stmt;
  return (
    (test.kind === "Name" && test.id === "TYPE_CHECKING") ||
    (test.kind === "Attribute" && test.attr === "TYPE_CHECKING")
  );
}

function touchedNames(stmt: Stmt, stars: ImportFrom[]): string[] {
  const nested = nestedBlocks(stmt).flatMap((block) => block.flatMap((inner) => touchedNames(inner, stars)));
  return [...ownNames(stmt, stars), ...nested];
}

function ownNames(stmt: Stmt, stars: ImportFrom[]): string[] {
  switch (stmt.kind) {
    case "FunctionDef":
    case "ClassDef":
      return [stmt.name];
    case "Import":
      return stmt.names.map(({ name, alias }) => alias ?? name.split(".")[0] ?? name);
    case "ImportFrom":
      if (stmt.names.length === 0) stars.push(stmt);
      return stmt.names.map(({ name, alias }) => alias ?? name);
    case "Assign":
      return stmt.targets.flatMap(storeTargets).flatMap((target) => rootName(target) ?? []);
    case "AugAssign":
    case "For":
      return storeTargets(stmt.target).flatMap((target) => rootName(target) ?? []);
    case "With":
      return stmt.items.flatMap(({ target }) => (target ? (rootName(target) ?? []) : []));
    case "Match":
      return matchCaptures(stmt).map(({ id }) => id);
    case "ExprStmt": {
      // `TABLE.update(…)` changes what the name holds.
      const { value } = stmt;
      const name = value.kind === "Call" && value.func.kind === "Attribute" ? rootName(value.func) : null;
      return name === null ? [] : [name];
    }
    default:
      return [];
  }
}

/** The name that `globals()["NAME"]` stands for. */
function globalsKey({ value, index }: Extract<Expr, { kind: "Subscript" }>): string | null {
  const isGlobals = value.kind === "Call" && value.func.kind === "Name" && value.func.id === "globals";
  return isGlobals && index.kind === "Constant" && typeof index.value === "string" ? index.value : null;
}

function changedByFunctions(
  module: SourceModule,
  body: readonly Stmt[],
): Pick<ModuleIndex, "rebound" | "filled"> {
  const rebound = new Set<string>();
  const filled = new Set<string>();
  for (const stmt of body) {
    if (stmt.kind !== "FunctionDef") continue;
    const text = module.text.slice(stmt.start, stmt.end);
    if (!/\bglobals?\b|\]\s*=[^=]/.test(text)) continue;
    for (const inner of walkStatements(stmt.body)) {
      if (inner.kind === "Scope" && inner.form === "global") inner.names.forEach((name) => rebound.add(name));
      if (inner.kind !== "Assign") continue;
      for (const target of inner.targets.flatMap(storeTargets)) {
        if (target.kind !== "Subscript") continue;
        if (target.value.kind === "Name") filled.add(target.value.id);
        const global = globalsKey(target);
        if (global !== null) rebound.add(global);
      }
    }
  }
  return { rebound, filled };
}

/** The module that a `from` import names, its dots resolved. */
export function absoluteName(module: SourceModule, stmt: Pick<ImportFrom, "level" | "module">): string {
  if (stmt.level === 0) return stmt.module;
  const parts = module.name.split(".");
  const kept = parts.slice(0, parts.length - stmt.level + (module.isPackage ? 1 : 0));
  return [...kept, ...(stmt.module ? [stmt.module] : [])].join(".");
}
