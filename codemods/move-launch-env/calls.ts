import { walk, type Call, type Expr, type FunctionDef, type RecipeFile, type Stmt } from "../../src/index.ts";

export interface FoundCall {
  readonly call: Call;
  readonly stmt: Stmt;
  readonly func: FunctionDef | null;
}

/** Every call in a module, with the statement and the function around it. */
export function* callsIn(source: RecipeFile["source"]): Generator<FoundCall> {
  for (const { stmt, func } of statementsIn(source.parsed().module.body, null)) {
    for (const expr of walk.ownExpressions(stmt).flatMap((one) => [...walk.walkExpression(one)])) {
      if (expr.kind === "Call") yield { call: expr, stmt, func };
    }
  }
}

/** Every statement with the function around it. */
export function* statementsIn(
  body: readonly Stmt[],
  func: FunctionDef | null,
): Generator<{ stmt: Stmt; func: FunctionDef | null }> {
  for (const stmt of walk.statements(body)) {
    yield { stmt, func };
    if (stmt.kind === "FunctionDef") yield* statementsIn(stmt.body, stmt);
    if (stmt.kind === "ClassDef") yield* statementsIn(stmt.body, null);
  }
}

/** `c` of `a.b.c`. */
export function lastName(expr: Expr): string | null {
  if (expr.kind === "Name") return expr.id;
  return expr.kind === "Attribute" ? expr.attr : null;
}
