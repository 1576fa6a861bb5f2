import { attributeName } from "./names.ts";
import type { Expr, Stmt } from "../python/syntax.ts";
import { walkExpression } from "../python/walk.ts";
import { assign, attributeSite } from "./assignment.ts";
import { endOf, takeItems } from "./builtin-methods.ts";
import { textOf } from "./expressions.ts";
import { forget } from "./forget.ts";
import { operate } from "./hooked-operators.ts";
import { inPlaceOperatorOf } from "./hooks.ts";
import type { Machine } from "./machine.ts";
import { integerOf } from "./numbers.ts";
import { binary } from "./operators.ts";
import { isMutable, LONGEST, mergeDict, type Environment, type Value } from "./value.ts";

type AugAssign = Extract<Stmt, { kind: "AugAssign" }>;

/** `target op= value`. What the target's own expression does is done once. */
export function augment(m: Machine, { target, op, value: source }: AugAssign, env: Environment): void {
  if (target.kind === "Attribute") {
    const base = m.evaluate(target.value, env);
    const before = m.getAttribute(base, attributeName(env, target.attr));
    const value = combine(m, { op, before, after: m.evaluate(source, env) });
    const site = attributeSite(env, target, source);
    if (site) m.setAttribute(base, attributeName(env, target.attr), value, site);
    return;
  }
  if (target.kind === "Subscript" && hasCalls(target)) {
    forget(m, m.evaluate(target.value, env), `after ${textOf(env, target)} was changed`);
    return;
  }
  const before = m.evaluate(target, env);
  const value = combine(m, { op, before, after: m.evaluate(source, env) });
  assign(m, { target, value, source }, env);
}

function hasCalls(expr: Expr): boolean {
  return [...walkExpression(expr)].some((part) => part.kind === "Call" || part.kind === "NamedExpr");
}

interface Operation {
  readonly op: string;
  readonly before: Value;
  readonly after: Value;
}

/** Lists, dicts and sets are changed where they are, for all who hold them. */
function combine(m: Machine, { op, before, after }: Operation): Value {
  if (!isMutable(before)) return operate(m, op, [before, after]);
  if (before.kind === "object") return augmentObject(m, { op, before, after });
  if (!changeInPlace({ op, before, after })) forget(m, before, `after ${op}=`);
  return before;
}

function augmentObject(m: Machine, { op, before, after }: Operation): Value {
  const own = inPlaceOperatorOf(m, op, [before, after]);
  if (own) return own;
  forget(m, before, `after ${op}=`);
  return binary(op, before, after);
}

function changeInPlace({ op, before, after }: Operation): boolean {
  if (before.kind === "dict" && op === "|" && after.kind === "dict") {
    mergeDict(before, after);
    return true;
  }
  if (before.kind !== "list" || before.as || before.open) return false;
  const times = op === "*" ? integerOf(after) : null;
  const items = op === "+" ? takeItems(after) : null;
  if (times !== null && times * before.items.length <= 10_000) {
    before.items = Array.from({ length: Math.max(0, times) }, () => before.items).flat();
    return true;
  }
  if (!items || before.items.length + items.length > LONGEST) return false;
  before.items.push(...items);
  endOf(after);
  return true;
}
