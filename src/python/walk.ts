import { patternExpressions } from "./patterns.ts";
import { walkStatements, type Expr, type Match, type Stmt } from "./syntax.ts";

export { walkStatements as statements };

/** The expressions directly inside an expression, in source order. */
export function childExpressions(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "Name":
    case "Constant":
      return [];
    case "Attribute":
    case "Starred":
      return [expr.value];
    case "JoinedStr":
      return expr.parts.filter((part): part is Expr => typeof part !== "string");
    case "List":
    case "Tuple":
    case "Set":
      return expr.items;
    case "Dict":
      return expr.entries.flatMap(({ key, value }) => (key ? [key, value] : [value]));
    case "Call":
      return [expr.func, ...expr.args.map((arg) => arg.value)];
    case "Unary":
      return [expr.operand];
    case "Binary":
    case "BoolOp":
      return [expr.left, expr.right];
    case "Compare":
      return [expr.first, ...expr.rest.map((part) => part.value)];
    case "Conditional":
      return [expr.then, expr.test, expr.otherwise];
    case "Subscript":
      return [expr.value, expr.index];
    case "Slice":
      return expr.parts.filter((part): part is Expr => part !== null);
    case "NamedExpr":
      return [expr.target, expr.value];
    case "Lambda":
      return [...expr.params.flatMap((param) => (param.default ? [param.default] : [])), expr.value];
    case "Comprehension":
      return [
        ...(expr.key ? [expr.key] : []),
        expr.value,
        ...expr.clauses.flatMap((clause) => [clause.target, clause.iter, ...clause.tests]),
      ];
    case "Opaque":
      return expr.children;
  }
}

/** An expression and everything inside it. */
export function* walkExpression(expr: Expr): Generator<Expr> {
  yield expr;
  for (const child of childExpressions(expr)) yield* walkExpression(child);
}

/** The expressions that a statement itself holds; those of nested blocks are left out. */
export function ownExpressions(stmt: Stmt): readonly Expr[] {
  switch (stmt.kind) {
    case "ExprStmt":
      return [stmt.value];
    case "Assign":
      return stmt.value ? [...stmt.targets, stmt.value] : stmt.targets;
    case "AugAssign":
      return [stmt.target, stmt.value];
    case "Return":
    case "Raise":
      return stmt.value ? [stmt.value] : [];
    case "If":
    case "While":
      return [stmt.test];
    case "For":
      return [stmt.target, stmt.iter];
    case "With":
      return stmt.items.flatMap((item) => (item.target ? [item.value, item.target] : [item.value]));
    case "Try":
      return stmt.handlers.flatMap((handler) => (handler.type ? [handler.type] : []));
    case "Match":
      return [stmt.subject, ...stmt.cases.flatMap(caseExpressions)];
    case "Assert":
      return stmt.message ? [stmt.test, stmt.message] : [stmt.test];
    case "Delete":
      return stmt.targets;
    case "FunctionDef":
      return [...stmt.decorators, ...stmt.params.flatMap((param) => (param.default ? [param.default] : []))];
    case "ClassDef":
      return [...stmt.decorators, ...stmt.bases.map((base) => base.value)];
    default:
      return [];
  }
}

function caseExpressions({ pattern, guard }: Match["cases"][number]): readonly Expr[] {
  return guard ? [...patternExpressions(pattern), guard] : patternExpressions(pattern);
}

/** Every expression of a block, nested blocks included, function and class bodies left out. */
export function* blockExpressions(block: readonly Stmt[]): Generator<Expr> {
  for (const stmt of walkStatements(block)) {
    for (const expr of ownExpressions(stmt)) yield* walkExpression(expr);
  }
}

/** Every expression of a module, function and class bodies included. */
export function* moduleExpressions({ body }: { readonly body: readonly Stmt[] }): Generator<Expr> {
  for (const stmt of walkStatements(body)) {
    for (const expr of ownExpressions(stmt)) yield* walkExpression(expr);
    if (stmt.kind === "FunctionDef" || stmt.kind === "ClassDef") yield* moduleExpressions(stmt);
  }
}

/** The variable at the bottom of `a.b[c].d`, or null. */
export function rootName(expr: Expr): string | null {
  if (expr.kind === "Name") return expr.id;
  if (expr.kind === "Attribute" || expr.kind === "Subscript" || expr.kind === "Starred")
    return rootName(expr.value);
  return null;
}

/** The places that an assignment target stores to: tuples and lists opened. */
export function storeTargets(target: Expr): readonly Expr[] {
  if (target.kind === "Tuple" || target.kind === "List") return target.items.flatMap(storeTargets);
  return target.kind === "Starred" ? storeTargets(target.value) : [target];
}
