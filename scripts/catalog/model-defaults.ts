import type { Frozen } from "../../src/bridge/catalog.ts";
import { PATHS } from "../../src/bridge/names.ts";
import type { Project } from "../../src/project.ts";
import { walkStatements, type Expr, type Stmt } from "../../src/python/syntax.ts";
import { blockExpressions, ownExpressions, storeTargets, walkExpression } from "../../src/python/walk.ts";
import { bridgeLibrary } from "../../src/recipe/bridge-library.ts";
import { NO_CATALOG } from "../../src/recipe/catalog-values.ts";
import { ancestryOf, fieldsOf } from "../../src/recipe/classes.ts";
import { freeze } from "../../src/recipe/frozen.ts";
import { DEFAULT_LIMITS, newMachine } from "../../src/recipe/interpreter.ts";
import { moduleAttribute } from "../../src/recipe/names.ts";
import type { ClassValue, FieldEntry, Value } from "../../src/recipe/value.ts";
import type { Machine } from "../../src/recipe/machine.ts";
import { moduleNames } from "./read-tree.ts";

export interface ModelDefaults {
  /** Every field that a model config has. */
  readonly fields: ReadonlySet<string>;
  readonly certain: ReadonlyMap<string, Frozen>;
  /** Fields that only some model classes declare. */
  readonly others: readonly string[];
  value(field: string): Value | null;
}

const BASE_MODULE = "megatron.core.transformer.transformer_config";

/**
 * The fields of `TransformerConfig` that have its default in every model, whatever the checkpoint: those that no
 * provider class declares otherwise and no model bridge assigns, passes or names in a mapping.
 */
export function certainModelDefaults(project: Project, bridge: string): ModelDefaults {
  const m = newMachine(
    { host: project.host, library: bridgeLibrary(NO_CATALOG), globals: new Map(), memos: new Map() },
    DEFAULT_LIMITS,
    new Map(),
  );
  const module = project.host.find(BASE_MODULE);
  const type = module ? moduleAttribute(m, module, "TransformerConfig") : null;
  const fields = type?.kind === "class" ? fieldsOf(m, type) : [];
  const values = constantDefaults(m, fields);
  const names = new Set(fields.map((field) => field.name));
  const others = new Set<string>();
  for (const name of moduleNames(bridge, "megatron.bridge.models")) {
    const body = project.host.find(name)?.parsed().module.body ?? [];
    for (const type of modelClasses(m, project, name)) {
      for (const field of fieldsOf(m, type)) if (!names.has(field.name)) others.add(field.name);
    }
    for (const touched of isBridgeModule(name) ? mentionedIn(body) : redeclaredIn(body, values))
      values.delete(touched);
  }
  return {
    fields: names,
    others: [...others].sort(),
    certain: new Map([...values].map(([name, value]) => [name, freeze(value)])),
    value: (field) => values.get(field) ?? null,
  };
}

function constantDefaults(m: Machine, fields: readonly FieldEntry[]): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const field of fields) {
    const value = field.required ? null : field.make(m);
    if (value?.kind === "const" || value?.kind === "symbol") values.set(field.name, value);
  }
  return values;
}

/** Modules that turn a checkpoint's configuration into a model's. */
function isBridgeModule(name: string): boolean {
  return /bridge$/.test(name) && name !== "megatron.bridge";
}

/** Field names that a module's code assigns, passes by keyword, or holds as a string. */
function mentionedIn(block: readonly Stmt[]): Set<string> {
  const found = new Set<string>();
  for (const stmt of walkStatements(block)) {
    if (stmt.kind === "FunctionDef" || stmt.kind === "ClassDef") {
      for (const name of mentionedIn(stmt.body)) found.add(name);
      for (const expr of ownExpressions(stmt)) addMentions(walkExpression(expr), found);
    }
    if (stmt.kind === "Assign")
      for (const target of stmt.targets.flatMap(storeTargets)) addStore(target, found);
  }
  addMentions(blockExpressions(block), found);
  return found;
}

function addStore(target: Expr, found: Set<string>): void {
  if (target.kind === "Attribute") found.add(target.attr);
  else if (target.kind === "Name") found.add(target.id);
}

function addMentions(exprs: Iterable<Expr>, found: Set<string>): void {
  for (const expr of exprs) {
    if (expr.kind === "Constant" && typeof expr.value === "string" && /^\w+$/.test(expr.value))
      found.add(expr.value);
    if (expr.kind === "Call") for (const arg of expr.args) if (arg.name !== null) found.add(arg.name);
  }
}

/** Fields that a class declares with another default than the base has, or that its constructor assigns. */
function redeclaredIn(block: readonly Stmt[], base: ReadonlyMap<string, Value>): Set<string> {
  const found = new Set<string>();
  for (const stmt of block) {
    if (stmt.kind !== "ClassDef") continue;
    for (const member of stmt.body) addMember(member, { base, found });
  }
  return found;
}

/** The classes of a module that are model configurations. */
function modelClasses(m: Machine, project: Project, name: string): ClassValue[] {
  const module = project.host.find(name);
  return (module?.parsed().module.body ?? []).flatMap((stmt) => {
    const value = module && stmt.kind === "ClassDef" ? moduleAttribute(m, module, stmt.name) : null;
    const isModel =
      value?.kind === "class" && ancestryOf(value).classes.some((one) => one.path === PATHS.modelParallel);
    return isModel ? [value] : [];
  });
}

function addMember(
  member: Stmt,
  { base, found }: { base: ReadonlyMap<string, Value>; found: Set<string> },
): void {
  if (member.kind === "FunctionDef" && /^__(post_init|init)__$/.test(member.name)) {
    for (const name of mentionedIn(member.body)) found.add(name);
  }
  if (member.kind !== "Assign" || !member.value) return;
  for (const target of member.targets) {
    const known = target.kind === "Name" ? base.get(target.id) : null;
    const same =
      known?.kind === "const" && member.value.kind === "Constant" && known.value === member.value.value;
    if (!same) addStore(target, found);
  }
}
