import type { Stmt } from "../python/syntax.ts";
import { blockExpressions, ownExpressions, rootName, storeTargets } from "../python/walk.ts";
import { walkStatements } from "../python/syntax.ts";
import type { Machine } from "./machine.ts";
import { lookup } from "./names.ts";
import { isMutable, unknown, type Environment, type Value } from "./value.ts";

/** From here on anything may be in this value: code that we cannot follow has had it in its hands. */
export function forget(m: Machine, value: Value, reason: string, seen: Set<Value> = new Set()): void {
  if (seen.has(value)) return;
  seen.add(value);
  if (value.kind === "choice") {
    forget(m, value.then, reason, seen);
    forget(m, value.otherwise, reason, seen);
  }
  if (value.kind === "tuple") value.items.forEach((item) => forget(m, item, reason, seen));
  if (value.kind === "method") forget(m, value.self, reason, seen);
  if (!isMutable(value)) return;
  const open = unknown(reason, m.nth(reason));
  if (value.kind === "object") {
    for (const slot of value.fields.values()) forget(m, slot.value, reason, seen);
    value.fields.clear();
    m.doubts.add(reason);
  } else if (value.kind === "dict") {
    for (const slot of value.entries.values()) forget(m, slot.value, reason, seen);
    value.entries.clear();
  } else {
    value.items.forEach((item) => forget(m, item, reason, seen));
    value.items = [];
  }
  value.open = open;
}

/**
 * Forgets what a block that may or may not run could have changed: the names it assigns, the fields it stores to,
 * and the objects that it hands to calls.
 */
export function forgetEffects(m: Machine, env: Environment, block: readonly Stmt[], reason: string): void {
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

/** The object that `a.b.c` denotes now, without running any code; the root's object where that cannot be told. */
function reachable(m: Machine, env: Environment, expr: Parameters<typeof rootName>[0]): Value | null {
  if (expr.kind === "Name") return lookup(m, env, expr.id);
  if (expr.kind !== "Attribute") return null;
  const base = reachable(m, env, expr.value);
  if (base?.kind !== "object") return base;
  const slot = base.fields.get(expr.attr);
  return slot && isMutable(slot.value) ? slot.value : base;
}

function forgetStores(m: Machine, env: Environment, stmt: Stmt, reason: string): void {
  for (const target of storesOf(stmt)) {
    if (target.kind === "Name") env.vars.set(target.id, unknown(`${target.id} ${reason}`, m.nth(target.id)));
    if (target.kind !== "Attribute" && target.kind !== "Subscript") continue;
    const held = reachable(m, env, target.value);
    if (held?.kind === "object" && target.kind === "Attribute") {
      const value = unknown(reason, m.nth(`${reason}.${target.attr}`));
      held.fields.set(target.attr, { value, write: null });
    } else if (held) forget(m, held, reason);
  }
}

function storesOf(stmt: Stmt) {
  if (stmt.kind === "Assign") return stmt.targets.flatMap(storeTargets);
  if (stmt.kind === "AugAssign") return storeTargets(stmt.target);
  if (stmt.kind === "For") return storeTargets(stmt.target);
  if (stmt.kind === "Delete") return stmt.targets;
  if (stmt.kind === "With") return ownExpressions(stmt).flatMap(storeTargets);
  return [];
}
