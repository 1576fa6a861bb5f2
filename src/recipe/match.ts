import type { Match, MatchCase, Stmt } from "../python/syntax.ts";
import { assign } from "./assignment.ts";
import { executeEither } from "./branches.ts";
import type { Completion, Machine } from "./machine.ts";
import { truth } from "./operators.ts";
import { fit, questionOf } from "./patterns.ts";
import type { Environment } from "./value.ts";

/** Runs the first case that fits. What cannot be told is decided as the test of an `if` is. */
export function executeMatch(m: Machine, stmt: Match, env: Environment): Completion {
  const subject = m.evaluate(stmt.subject, env);
  for (const [index, { pattern, guard, body }] of stmt.cases.entries()) {
    env.stmt = stmt;
    const at = { pattern, subject };
    const orelse = guard ? null : lastBlock(stmt.cases.slice(index + 1));
    const test = orelse && questionOf(m, at, env);
    if (test) return executeEither(m, { stmt, test, sides: { body, orelse } }, env);
    const captured = fit(m, at, env);
    if (!captured) continue;
    for (const { target, value } of captured) assign(m, { target, value, source: null }, env);
    if (!guard || truth(m, m.evaluate(guard, env))) return m.execute(body, env);
  }
  return null;
}

/** What runs where all before has failed: nothing, or the block of `case _`. Null where more is asked. */
function lastBlock([next]: readonly MatchCase[]): readonly Stmt[] | null {
  if (!next) return [];
  const takesAll = next.pattern.kind === "Capture" && next.pattern.name === null && next.guard === null;
  return takesAll ? next.body : null;
}
