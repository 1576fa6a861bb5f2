import { walkStatements, type If, type Stmt } from "../python/syntax.ts";
import { assignEither } from "./either.ts";
import type { Completion, Machine } from "./machine.ts";
import { truth } from "./operators.ts";
import type { Environment, Value } from "./value.ts";

export function executeIf(m: Machine, stmt: If, env: Environment): Completion {
  const test = m.evaluate(stmt.test, env);
  return executeEither(m, { stmt, test, sides: stmt }, env);
}

/** Runs one side; where the test cannot be told and both only store plain values, joins them. */
export function executeEither(
  m: Machine,
  { stmt, test, sides }: { stmt: Stmt; test: Value; sides: Pick<If, "body" | "orelse"> },
  env: Environment,
): Completion {
  if (test.kind === "unknown" && !m.decisions.has(test.key)) {
    if (onlyRaises(sides.body) && sides.orelse.length === 0) return null;
    if (assignEither(m, { sides, condition: test }, env)) return null;
  }
  env.stmt = stmt;
  return m.execute(truth(m, test) ? sides.body : sides.orelse, env);
}

/** A guard: whoever gets past it has a recipe, and only those count. */
function onlyRaises(block: readonly Stmt[]): boolean {
  return (
    block.at(-1)?.kind === "Raise" &&
    [...walkStatements(block)].every(
      (stmt) => stmt.kind === "Raise" || stmt.kind === "ExprStmt" || stmt.kind === "Assign",
    )
  );
}
