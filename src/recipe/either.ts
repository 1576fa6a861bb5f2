import type { Assign, Expr, If, Stmt } from "../python/syntax.ts";
import { childExpressions, walkExpression } from "../python/walk.ts";
import type { Machine } from "./machine.ts";
import { bindName, lookup } from "./names.ts";
import {
  identity,
  isMutable,
  unknown,
  type Environment,
  type ObjectValue,
  type Site,
  type Unknown,
  type Value,
} from "./value.ts";

interface Store {
  readonly stmt: Assign;
  readonly target: Expr;
  readonly value: Value;
  /** Null for a variable. */
  readonly object: ObjectValue | null;
  readonly name: string;
}

/**
 * Handles an `if` on an unknown condition whose branches only store plain values, without splitting the run in two:
 * each place then holds the one value or the other. False if the branches do more than that.
 */
export function assignEither(
  m: Machine,
  at: { sides: Pick<If, "body" | "orelse">; condition: Unknown },
  env: Environment,
): boolean {
  const then = readStores(m, at.sides.body, env);
  const otherwise = readStores(m, at.sides.orelse, env);
  if (!then || !otherwise) return false;
  const places = new Map<string, { then?: Store; otherwise?: Store }>();
  for (const store of then) places.set(placeOf(store), { then: store });
  for (const store of otherwise)
    places.set(placeOf(store), { ...places.get(placeOf(store)), otherwise: store });
  const merged = [...places.values()].map((sides) => mergeSides(m, { condition: at.condition, sides }, env));
  if (merged.includes(null)) return false;
  for (const apply of merged) apply?.();
  return true;
}

function placeOf({ object, name }: Store): string {
  return object ? `${object.id}.${name}` : name;
}

/** The stores of a block of `name = plain` and `a.b.name = plain`; null if it holds anything else. */
function readStores(m: Machine, block: readonly Stmt[], env: Environment): Store[] | null {
  const stores: Store[] = [];
  const assigned = new Set<string>();
  for (const stmt of block) {
    if (stmt.kind === "Pass") continue;
    const store = stmt.kind === "Assign" ? readStore(m, { stmt, assigned }, env) : null;
    if (!store) return null;
    if (!store.object) assigned.add(store.name);
    stores.push(store);
  }
  return stores;
}

function readStore(
  m: Machine,
  at: { stmt: Assign; assigned: ReadonlySet<string> },
  env: Environment,
): Store | null {
  const { stmt, assigned } = at;
  const [target, ...more] = stmt.targets;
  if (!target || more.length > 0 || !stmt.value || env.globals) return null;
  const value = plainValue(m, { expr: stmt.value, assigned }, env);
  if (!value) return null;
  if (target.kind === "Name") return { stmt, target, value, object: null, name: target.id };
  if (target.kind !== "Attribute") return null;
  const object = plainValue(m, { expr: target.value, assigned }, env, true);
  return object?.kind === "object" ? { stmt, target, value, object, name: target.attr } : null;
}

const PLAIN = new Set(["Constant", "Name", "Attribute", "Unary", "Binary", "Compare", "JoinedStr"]);

/** Whether an expression only reads and computes: it can be evaluated although Python might not get there. */
export function isPlain(expr: Expr): boolean {
  return PLAIN.has(expr.kind) && childExpressions(expr).every(isPlain);
}

/**
 * The value of `then if test else otherwise` on an unknown test, as a choice; null where a side does more than
 * compute, so that the run has to take one of them.
 */
export function chooseEither(
  m: Machine,
  at: { expr: Extract<Expr, { kind: "Conditional" }>; condition: Unknown },
  env: Environment,
): Value | null {
  const { expr, condition } = at;
  if (m.decisions.has(condition.key)) return null;
  const then = plainValue(m, { expr: expr.then, assigned: NONE_ASSIGNED }, env);
  const otherwise = plainValue(m, { expr: expr.otherwise, assigned: NONE_ASSIGNED }, env);
  if (!then || !otherwise) return null;
  if (identity(then) === identity(otherwise)) return then;
  return { kind: "choice", condition: condition.key, then, otherwise };
}

const NONE_ASSIGNED: ReadonlySet<string> = new Set();

/** The value of a plain expression over things that cannot change; objects only where asked for. */
function plainValue(
  m: Machine,
  { expr, assigned }: { expr: Expr; assigned: ReadonlySet<string> },
  env: Environment,
  objects = false,
): Value | null {
  if (!isPlain(expr)) return null;
  for (const part of walkExpression(expr)) {
    if (part.kind === "Name" && assigned.has(part.id)) return null;
    if ((part.kind === "Name" || part.kind === "Attribute") && !readPath(m, part, env)) return null;
  }
  const value = m.evaluate(expr, env);
  return objects || !isMutable(value) ? value : null;
}

/** Follows attributes through objects only: anything else might run code or raise. */
function readPath(m: Machine, expr: Expr, env: Environment): Value | null {
  if (expr.kind === "Name") return lookup(m, env, expr.id);
  if (expr.kind !== "Attribute") return null;
  const base = readPath(m, expr.value, env);
  if (!base || base.kind === "choice" || base.kind === "const" || base.kind === "unknown") return null;
  return m.getAttribute(base, expr.attr);
}

function mergeSides(
  m: Machine,
  at: { condition: Unknown; sides: { then?: Store; otherwise?: Store } },
  env: Environment,
): (() => void) | null {
  const store = at.sides.then ?? at.sides.otherwise;
  if (!store) return null;
  const current = currentValue(m, store, env);
  const then = at.sides.then?.value ?? current;
  const otherwise = at.sides.otherwise?.value ?? current;
  if (!then || !otherwise || isMutable(then) || isMutable(otherwise)) return null;
  const value: Value =
    identity(then) === identity(otherwise)
      ? then
      : { kind: "choice", condition: at.condition.key, then, otherwise };
  return () => {
    applyStore(m, { store, value }, env);
  };
}

function currentValue(m: Machine, store: Store, env: Environment): Value | null {
  if (!store.object) return lookup(m, env, store.name) ?? unknown(`${store.name}, not assigned yet`);
  return m.getAttribute(store.object, store.name);
}

function applyStore(m: Machine, { store, value }: { store: Store; value: Value }, env: Environment): void {
  if (!store.object) {
    bindName(m, env, store.name, value);
    return;
  }
  const { target, stmt } = store;
  const site: Site = {
    module: env.module,
    stmt,
    form: "attribute",
    value: stmt.value,
    target,
    call: null,
    func: env.func?.def ?? null,
    scope: env,
    start: target.start,
    end: target.end,
  };
  m.setAttribute(store.object, store.name, value, site);
}
