import { matchCaptures } from "../python/patterns.ts";
import { type Expr, type Stmt, walkStatements } from "../python/syntax.ts";
import { blockExpressions, ownExpressions, rootName, storeTargets, walkExpression } from "../python/walk.ts";
import { fieldNamed } from "./classes.ts";
import { forgetMethods, forgetReached } from "./handed-code.ts";
import { EvaluationLimit, type Machine } from "./machine.ts";
import { bindName, knownVariable, lookup } from "./names.ts";
import {
  identity,
  isMutable,
  unknown,
  type DictValue,
  type ListValue,
  type ObjectValue,
  type Environment,
  type FunctionValue,
  type Value,
} from "./value.ts";

/** From here on anything may be in this value: code that we cannot follow has had it in its hands. */
export function forget(m: Machine, value: Value, reason: string, seen: Set<object> = new Set()): void {
  if (seen.has(value)) return;
  seen.add(value);
  const by = { reason, seen, forget: (one: Value) => forget(m, one, reason, seen) };
  if (value.kind === "choice") {
    forget(m, value.then, reason, seen);
    forget(m, value.otherwise, reason, seen);
  }
  if (value.kind === "tuple") value.items.forEach((item) => forget(m, item, reason, seen));
  if (value.kind === "unknown") for (const one of value.may ?? []) forget(m, one, reason, seen);
  if (value.kind === "method") {
    forget(m, value.self, reason, seen);
    forget(m, value.func, reason, seen);
  }
  if (value.kind === "partial") {
    forget(m, value.func, reason, seen);
    for (const arg of value.args) forget(m, arg.value, reason, seen);
  }
  if (value.kind === "function") {
    forgetCaptured(m, value, { reason, seen });
    forgetReached(m, value, by);
  }
  if (value.kind === "class") forgetMethods(m, value, by);
  if (!isMutable(value)) return;
  const open = { ...unknown(reason, m.nth(reason)), may: partsOf(value) };
  for (const one of value.open?.may ?? []) forget(m, one, reason, seen);
  if (value.kind === "object") {
    for (const slot of value.fields.values()) forget(m, slot.value, reason, seen);
    value.fields.clear();
    m.doubts.add(reason);
    forgetMethods(m, value.type, by);
  } else if (value.kind === "dict") {
    for (const slot of value.entries.values()) forget(m, slot.value, reason, seen);
    value.entries.clear();
  } else if (value.as === "view") {
    value.items.forEach((item) => forget(m, item, reason, seen));
    return;
  } else {
    value.items.forEach((item) => forget(m, item, reason, seen));
    value.items = [];
  }
  value.open = open;
}

/** Code that was handed to somebody out of sight may run whenever others get a turn. */
export function forgetEscaped(m: Machine, reason: string): void {
  if (m.escaped.size === 0) return;
  const seen = new Set<object>();
  for (const value of m.escaped) forget(m, value, reason, seen);
}

/** What a value led to before it was forgotten: whoever has it still does. */
function partsOf(value: ListValue | DictValue | ObjectValue): Value[] {
  const held =
    value.kind === "object"
      ? [...value.fields.values()].map((slot) => slot.value)
      : value.kind === "dict"
        ? [...value.entries.values()].map((slot) => slot.value)
        : value.items;
  return [...new Set([...(value.open?.may ?? []), ...held.filter(leadsOn)])];
}

function leadsOn(value: Value): boolean {
  if (value.kind === "tuple") return value.items.some(leadsOn);
  if (value.kind === "choice") return leadsOn(value.then) || leadsOn(value.otherwise);
  return isMutable(value) || value.kind === "method" || (value.kind === "unknown" && value.may !== undefined);
}

/** Whoever has a function may call it: what it sees around it and does not only read may be anything. */
function forgetCaptured(
  m: Machine,
  func: FunctionValue,
  { reason, seen }: { reason: string; seen: Set<object> },
): void {
  const { def, scope } = func;
  if (!scope) return;
  const exprs = def.kind === "Lambda" ? [...walkExpression(def.value)] : [...blockExpressions(def.body)];
  const stores =
    def.kind === "FunctionDef" && [...walkStatements(def.body)].some((stmt) => STORING.has(stmt.kind));
  if (!stores && !exprs.some(({ kind }) => kind === "Call" || kind === "Opaque")) return;
  forgetOuterNames(m, func, reason);
  for (const expr of exprs) {
    const held = expr.kind === "Name" ? knownVariable(m, scope, expr.id) : null;
    if (held) forget(m, held, reason, seen);
  }
}

const STORING: ReadonlySet<Stmt["kind"]> = new Set<Stmt["kind"]>([
  "Assign",
  "AugAssign",
  "Delete",
  "For",
  "With",
  "Match",
  "FunctionDef",
  "OpaqueStmt",
]);

/**
 * Forgets what a block that may or may not run could have changed: the names it assigns, the fields it stores to,
 * and the objects that it hands to calls.
 */
function forgetEffects(m: Machine, env: Environment, block: readonly Stmt[], reason: string): void {
  for (const stmt of walkStatements(block)) forgetStores(m, env, stmt, reason);
  for (const expr of blockExpressions(block)) {
    if (expr.kind !== "Call") continue;
    const receiver = expr.func.kind === "Attribute" ? [expr.func.value] : [];
    for (const operand of [...receiver, ...expr.args.map((arg) => arg.value)]) {
      const root = rootName(operand);
      const held = root === null ? null : lookup(m, env, root);
      if (held && isMutable(held) && reachable(m, env, operand))
        forget(m, reachable(m, env, operand) ?? held, reason);
    }
  }
}

/**
 * Forgets what a block may have done that runs any number of times. A name that it binds itself may stand for any
 * object that it mentions, and a function made inside the caller may change whatever it can see.
 */
export function forgetRepeated(m: Machine, env: Environment, block: readonly Stmt[], reason: string): void {
  const isFar = reachesFar(m, env, block);
  const held = isFar ? mentioned(m, env, block) : [];
  for (const func of isFar ? localFunctions(m, env, block) : []) forgetOuterNames(m, func, reason);
  forgetEffects(m, env, block, reason);
  for (const value of held) forget(m, value, reason);
}

function reachesFar(m: Machine, env: Environment, block: readonly Stmt[]): boolean {
  const statements = [...walkStatements(block)];
  const bound = new Set(
    statements.flatMap((stmt) =>
      storesOf(stmt).flatMap((target) => (target.kind === "Name" ? [target.id] : [])),
    ),
  );
  const isBound = (expr: Expr) => bound.has(rootName(expr) ?? "");
  if (statements.some((stmt) => stmt.kind === "FunctionDef")) return true;
  if (statements.some((stmt) => storesOf(stmt).some((target) => target.kind !== "Name" && isBound(target))))
    return true;
  return [...blockExpressions(block)].some((expr) => {
    if (expr.kind === "Lambda") return true;
    if (expr.kind !== "Call") return false;
    if (expr.func.kind === "Name" && /^(?:exec|eval)$/.test(expr.func.id))
      throw new EvaluationLimit(`${expr.func.id}() runs code that cannot be followed`);
    const func = expr.func.kind === "Name" ? knownVariable(m, env, expr.func.id) : null;
    if (func?.kind === "function" && func.scope !== null) return true;
    return isBound(expr.func) || expr.args.some(({ value }) => isBound(value));
  });
}

/** The functions of a block's surroundings that it names. */
function localFunctions(m: Machine, env: Environment, block: readonly Stmt[]): FunctionValue[] {
  return [...blockExpressions(block)].flatMap((expr) => {
    const held = expr.kind === "Name" ? knownVariable(m, env, expr.id) : null;
    return held?.kind === "function" && held.scope ? [held] : [];
  });
}

/** Forgets the variables around a function that it declares `nonlocal`. */
function forgetOuterNames(m: Machine, { def, scope }: FunctionValue, reason: string): void {
  if (def.kind !== "FunctionDef" || !scope) return;
  for (const stmt of walkStatements(def.body)) {
    if (stmt.kind !== "Scope" || stmt.form === "global") continue;
    for (const name of stmt.names) bindName(m, scope, name, unknown(`${name} ${reason}`, m.nth(name)));
  }
}

/** The objects that a block names, and those that the functions it names have around them. */
function mentioned(m: Machine, env: Environment, block: readonly Stmt[]): Value[] {
  const around = localFunctions(m, env, block).flatMap(({ scope }) => [...(scope?.vars.values() ?? [])]);
  const named = [...blockExpressions(block)].flatMap((expr) =>
    expr.kind === "Name" ? (knownVariable(m, env, expr.id) ?? []) : [],
  );
  return [...around, ...named];
}

/** The object that `a.b.c` denotes now, without running code of the recipe's own; the root's object where that cannot be told. */
function reachable(m: Machine, env: Environment, expr: Parameters<typeof rootName>[0]): Value | null {
  if (expr.kind === "Name") return lookup(m, env, expr.id);
  if (expr.kind !== "Attribute") return null;
  const base = reachable(m, env, expr.value);
  if (base?.kind !== "object") return base;
  const isField = base.fields.has(expr.attr) || fieldNamed(m, base.type, expr.attr) !== null;
  const value = isField ? m.getAttribute(base, expr.attr) : null;
  return value && isMutable(value) ? value : base;
}

function forgetStores(m: Machine, env: Environment, stmt: Stmt, reason: string): void {
  for (const target of storesOf(stmt)) {
    if (target.kind === "Name") {
      const may = mayStandFor(m, env, stmt, target.id);
      bindName(m, env, target.id, { ...unknown(`${target.id} ${reason}`, m.nth(target.id)), may });
    }
    if (target.kind !== "Attribute" && target.kind !== "Subscript") continue;
    const held = reachable(m, env, target.value);
    if (held?.kind === "class" || held?.kind === "module")
      throw new EvaluationLimit(`${identity(held)} is changed in a part that may or may not run`);
    if (held?.kind === "object" && target.kind === "Attribute") {
      const value = unknown(reason, m.nth(`${reason}.${target.attr}`));
      held.fields.set(target.attr, { value, write: null });
    } else if (held) forget(m, held, reason);
  }
}

/** The objects that a name may stand for after an assignment that may or may not have run. */
function mayStandFor(m: Machine, env: Environment, stmt: Stmt, name: string): Value[] {
  const source = sourceOf(stmt);
  const mentioned = source ? [...walkExpression(source)] : [];
  const names = [name, ...mentioned.flatMap((expr) => (expr.kind === "Name" ? [expr.id] : []))];
  return names.flatMap((one) => {
    const held = knownVariable(m, env, one);
    if (held?.kind === "unknown") return held.may ?? [];
    return held && (held.kind === "tuple" || isMutable(held)) ? [held] : [];
  });
}

/** The expression whose value, or a part of it, a statement binds to names. */
function sourceOf(stmt: Stmt): Expr | null {
  if (stmt.kind === "Match") return stmt.subject;
  return stmt.kind === "Assign" ? stmt.value : stmt.kind === "For" ? stmt.iter : null;
}

function storesOf(stmt: Stmt) {
  if (stmt.kind === "Assign") return stmt.targets.flatMap(storeTargets);
  if (stmt.kind === "AugAssign") return storeTargets(stmt.target);
  if (stmt.kind === "For") return storeTargets(stmt.target);
  if (stmt.kind === "Delete") return stmt.targets;
  if (stmt.kind === "Match") return matchCaptures(stmt);
  if (stmt.kind === "With") return ownExpressions(stmt).flatMap(storeTargets);
  return [];
}
