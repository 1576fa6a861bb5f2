export { insertAfter, insertBefore } from "./insert-statement.ts";
export { removeStatement, removeStatements, type RemoveOptions } from "./remove-statement.ts";
import type { Edit, Span } from "../../edit.ts";
import type { Expr } from "../syntax.ts";

const WORD = /[\p{L}\p{N}_]/u;

/** Replaces the text of a span; nothing where it is that text already. */
export function replaceSpan(text: string, span: Span, newText: string): Edit[] {
  if (text.slice(span.start, span.end) === newText) return [];
  return [{ start: span.start, end: span.end, text: newText }];
}

/** Replaces an expression, parentheses included, and keeps it apart from the words around it: `not(x)`, `(x)if y`. */
export function replaceExpression(text: string, expr: Expr, newText: string): Edit[] {
  const left = touches(text[expr.start - 1], newText[0]) ? " " : "";
  const right = touches(newText.at(-1), text[expr.end]) ? " " : "";
  return replaceSpan(text, expr, newText === "" ? newText : left + newText + right);
}

function touches(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && WORD.test(left) && WORD.test(right);
}
