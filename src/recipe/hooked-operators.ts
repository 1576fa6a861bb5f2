import { forget } from "./forget.ts";
import { callHook, comparisonOf, operatorOf, stir } from "./hooks.ts";
import type { Machine } from "./machine.ts";
import { binary, compare, negate, truth, unary } from "./operators.ts";
import { constant, isWalkedOnce, type Value } from "./value.ts";

/** `left op right`, with what classes of the project make of it. */
export function operate(m: Machine, op: string, [left, right]: readonly [Value, Value]): Value {
  const own = operatorOf(m, op, [left, right]);
  if (own) return own;
  stir(m, left, right);
  return binary(op, left, right);
}

const ALONE: Readonly<Record<string, string>> = { "-": "__neg__", "+": "__pos__", "~": "__invert__" };

/** `op operand`. */
export function operateAlone(m: Machine, op: string, operand: Value): Value {
  if (op === "not") {
    // What the class's own code answers is not asked for twice.
    const said =
      callHook(m, operand, { name: "__bool__", args: [] }) ??
      callHook(m, operand, { name: "__len__", args: [] });
    if (said) return negate(said);
  }
  const own = callHook(m, operand, { name: ALONE[op] ?? "", args: [] });
  if (own) return own;
  stir(m, operand);
  return unary(op, operand);
}

/** `left op right` for a comparison. */
export function compareBy(m: Machine, op: string, [left, right]: readonly [Value, Value]): Value {
  if (op === "in" || op === "not in") {
    const found = callHook(m, right, { name: "__contains__", args: [left] });
    if (found) return constant(truth(m, found) === (op === "in"));
    if (isWalkedOnce(right)) forget(m, right, "after a search in it");
  }
  const own = comparisonOf(m, op, [left, right]);
  if (own) return own;
  if (op !== "is" && op !== "is not") stir(m, left, right);
  return compare(op, left, right);
}
