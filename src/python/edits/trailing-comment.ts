import { statementTail } from "../source.ts";
import type { Stmt } from "../syntax.ts";

/** The comment behind a statement on its line, with the spaces in front of it; empty if there is none. */
export function trailingComment(text: string, stmt: Stmt): string {
  const { comment } = statementTail(text, stmt);
  return comment ? `  ${text.slice(comment.start, comment.end)}` : "";
}
