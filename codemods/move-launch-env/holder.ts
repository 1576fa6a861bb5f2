import {
  blocks,
  isContainer,
  walk,
  type Call,
  type Expr,
  type FunctionDef,
  type RecipeFile,
  type Stmt,
  type Value,
} from "../../src/index.ts";
import { lastName } from "./calls.ts";

/** A place in a function, and the variables there as far as they are known. */
export interface Spot {
  readonly func: FunctionDef | null;
  readonly stmt: Stmt;
  readonly vars: ReadonlyMap<string, Value>;
}

/** What a recipe calls its container, or the call that makes it where it has no name. */
export type Holder =
  | { readonly kind: "name"; readonly name: string; readonly boundBy: Stmt | null }
  | { readonly kind: "call"; readonly call: Call };

/** The container that a place works on; null where the code does not tell. */
export function holderAt(file: RecipeFile, spot: Spot): Holder | null {
  const body = blocks.bodyOf(file.source.parsed().module, spot.func);
  for (const [name, value] of spot.vars) {
    if (isContainer(value) && !name.startsWith("_")) return { kind: "name", name, boundBy: null };
  }
  return ownerOfSection(spot.stmt) ?? madeBy(spot.stmt) ?? takerOf(body, spot.stmt);
}

/** `cfg` of `cfg.comm_overlap = …`. */
function ownerOfSection(stmt: Stmt): Holder | null {
  const [target] = stmt.kind === "Assign" ? stmt.targets : [];
  if (target?.kind !== "Attribute" || target.attr !== "comm_overlap") return null;
  return target.value.kind === "Name" ? { kind: "name", name: target.value.id, boundBy: null } : null;
}

/** `cfg` of `cfg = base(…)`, or the call of `return ConfigContainer(…)`. */
function madeBy(stmt: Stmt): Holder | null {
  if (stmt.kind === "Return" && stmt.value?.kind === "Call" && isContainerCall(stmt.value))
    return { kind: "call", call: stmt.value };
  const [target] = stmt.kind === "Assign" ? stmt.targets : [];
  const makes = stmt.kind === "Assign" && stmt.value?.kind === "Call" && !isSectionCall(stmt.value);
  return makes && target?.kind === "Name" ? { kind: "name", name: target.id, boundBy: stmt } : null;
}

/** Where `overlap = CommOverlapConfig(…)` ends up: `cfg.comm_overlap = overlap`, `ConfigContainer(comm_overlap=overlap)`. */
function takerOf(body: readonly Stmt[], stmt: Stmt): Holder | null {
  const [target] = stmt.kind === "Assign" ? stmt.targets : [];
  if (target?.kind !== "Name") return null;
  const takes = (expr: Expr) => expr.kind === "Name" && expr.id === target.id;
  for (const one of walk.statements(body)) {
    if (one.kind === "Assign" && one.value && takes(one.value)) {
      const owner = ownerOfSection(one);
      if (owner?.kind === "name") return { ...owner, boundBy: one };
    }
    const called = one.kind === "Assign" || one.kind === "Return" ? one.value : null;
    if (called?.kind === "Call" && called.args.some(({ value }) => takes(value))) return madeBy(one);
  }
  return null;
}

function isContainerCall({ func }: Call): boolean {
  return lastName(func) === "ConfigContainer";
}

function isSectionCall({ func }: Call): boolean {
  return lastName(func) === "CommOverlapConfig";
}
