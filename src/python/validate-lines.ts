import type { Span } from "../edit.ts";
import { isCompound, type Expr, type Stmt } from "./syntax.ts";
import { childExpressions, ownExpressions, walkExpression } from "./walk.ts";

/** Statements with brackets or expressions that the tree does not keep. */
const UNREAD: ReadonlySet<Stmt["kind"]> = new Set(["Import", "ImportFrom", "OpaqueStmt", "Delete", "Raise"]);

/**
 * A line break that ends a logical line in the middle of a statement: outside brackets and texts, without a
 * backslash. The parser steps over it where an operand is missing (`x = 1 +`); CPython does not.
 */
export function findLooseBreak(stmt: Stmt, text: string): Span | null {
  const spans = isCompound(stmt) ? headerParts(stmt) : [stmt];
  for (const span of spans) {
    if (!/[\r\n]/.test(text.slice(span.start, span.end))) continue;
    const at = looseBreakIn(text, span, closedSpans(stmt, text));
    if (at !== null) return { start: at, end: span.end };
  }
  return null;
}

/** The headers of functions, classes and `with` have brackets that the tree does not keep: those are left out. */
function headerParts(stmt: Stmt): readonly Span[] {
  return stmt.kind === "If" || stmt.kind === "While" || stmt.kind === "For" ? ownExpressions(stmt) : [];
}

function looseBreakIn(text: string, span: Span, closed: readonly Span[]): number | null {
  for (let at = span.start; at < span.end; at += 1) {
    const skipped = closed.find((each) => each.start <= at && at < each.end);
    if (skipped) at = skipped.end - 1;
    else if ((text[at] === "\n" || text[at] === "\r") && !isContinued(text, at)) return at;
  }
  return null;
}

function isContinued(text: string, at: number): boolean {
  return text[at - 1] === "\\" || (text[at] === "\n" && text[at - 1] === "\r" && text[at - 2] === "\\");
}

/** What may hold line breaks: brackets, texts, and what we do not read. */
function closedSpans(stmt: Stmt, text: string): Span[] {
  if (UNREAD.has(stmt.kind)) return [stmt];
  const annotation = stmt.kind === "Assign" && stmt.annotation ? [stmt.annotation] : [];
  const parts = ownExpressions(stmt).flatMap((expr) => [...walkExpression(expr)]);
  return [...annotation, ...parts.flatMap((part) => closedSpan(part, text))];
}

function closedSpan(expr: Expr, text: string): Span[] {
  if (isParenthesised(expr, text)) return [expr];
  switch (expr.kind) {
    case "List":
    case "Set":
    case "Dict":
    case "Comprehension":
    case "Constant":
    case "JoinedStr":
    case "Opaque":
    case "Lambda":
      return [expr];
    case "Call":
      return [expr.argsSpan];
    case "Subscript":
      return [{ start: expr.value.end, end: expr.end }];
    default:
      return [];
  }
}

/** Parentheses belong to the span of what is in them, but not to that of its first part. */
function isParenthesised(expr: Expr, text: string): boolean {
  if (text[expr.start] !== "(") return false;
  return expr.kind === "Tuple" || childExpressions(expr).every((child) => child.start > expr.start);
}
