import { nestedBlocks, type Expr, type Module, type Stmt } from "./syntax.ts";
import { childExpressions } from "./walk.ts";

export { nestedBlocks as nested };

/** The statement lists from a function's (or module's) body down to the one that holds a statement, outermost first. */
export function blocksAround(body: readonly Stmt[], stmt: Stmt): readonly (readonly Stmt[])[] {
  for (const one of body) {
    if (one === stmt) return [body];
    if (stmt.start < one.start || stmt.end > one.end) continue;
    for (const block of nestedBlocks(one)) {
      const inside = blocksAround(block, stmt);
      if (inside.length > 0) return [body, ...inside];
    }
  }
  return [];
}

/** The innermost block that holds all of the statements, directly or deeper. */
export function commonBlock(body: readonly Stmt[], stmts: readonly Stmt[]): readonly Stmt[] {
  const [first = [], ...others] = stmts.map((stmt) => blocksAround(body, stmt));
  const shared = first.filter((block) => others.every((blocks) => blocks.includes(block)));
  return shared.at(-1) ?? body;
}

/** The statement of a block that is, or holds, another one. */
export function holderIn(block: readonly Stmt[], stmt: Stmt): Stmt {
  return block.find((one) => one.start <= stmt.start && stmt.end <= one.end) ?? stmt;
}

/** The last statement of a block that is, or holds, one of others. */
export function lastHolder(block: readonly Stmt[], stmts: readonly Stmt[]): Stmt | undefined {
  return block.findLast((one) => stmts.some((stmt) => one.start <= stmt.start && stmt.end <= one.end));
}

/** Whether a statement is, or holds, a `return`. */
export function mayReturn(stmt: Stmt): boolean {
  return stmt.kind === "Return" || nestedBlocks(stmt).some((block) => block.some(mayReturn));
}

/** Whether evaluating an expression elsewhere gives the same value: it calls nothing and binds nothing. */
export function isPure(expr: Expr): boolean {
  if (["Call", "NamedExpr", "Opaque", "Comprehension", "Lambda"].includes(expr.kind)) return false;
  return childExpressions(expr).every(isPure);
}

/** The body of the function around, or of the module. */
export function bodyOf(module: Module, func: { readonly body: readonly Stmt[] } | null): readonly Stmt[] {
  return func?.body ?? module.body;
}
