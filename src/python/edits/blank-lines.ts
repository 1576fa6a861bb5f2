import type { Edit } from "../../edit.ts";
import type { Stmt } from "../syntax.ts";
import { deletion } from "./merge.ts";
import { isSpace, lineEnd, lineStart, nextLine, statementTail, textStart } from "../source.ts";

/** The empty lines next to an offset where a line starts. */
export interface BlankRun {
  readonly count: number;
  /** The far end of the run: where its first line starts, or its last one ends. */
  readonly edge: number;
  /** What the first line beyond the run holds, indentation included; null at the edge of the text. */
  readonly beyond: string | null;
}

/** The empty lines right above a line; `floor` is where the search must end. A form feed keeps its line. */
export function blanksAbove(text: string, start: number, floor: number): BlankRun {
  let edge = start;
  for (let count = 0; ; count += 1) {
    if (edge <= floor) return { count, edge, beyond: lineBefore(text, edge) };
    const above = lineBefore(text, edge);
    if (above === null || !isBlank(above)) return { count, edge, beyond: above };
    edge = lineStart(text, edge - 1);
  }
}

/** The empty lines from a line start on. */
export function blanksBelow(text: string, start: number): BlankRun {
  let edge = start;
  for (let count = 0; ; count += 1) {
    if (edge >= text.length) return { count, edge, beyond: null };
    const line = text.slice(edge, lineEnd(text, edge));
    if (!isBlank(line)) return { count, edge, beyond: line };
    edge = nextLine(text, edge);
  }
}

/** The line that ends right before a line start; null at the start of the text. */
export function lineBefore(text: string, start: number): string | null {
  if (start <= textStart(text)) return null;
  const from = lineStart(text, start - 1);
  return text.slice(from, lineEnd(text, from));
}

function isBlank(line: string): boolean {
  return [...line].every((char) => isSpace(char) && char !== "\f");
}

/** Whether a line holds nothing but a comment. */
export function isCommentLine(line: string | null): boolean {
  return line !== null && line.trimStart().startsWith("#");
}

/** The width of a line's indentation. */
export function indentWidth(line: string): number {
  return line.length - line.trimStart().length;
}

/** Whole lines of a block. */
export interface BlockLines {
  readonly start: number;
  readonly next: number;
  /** The statement before them in the block. */
  readonly previous: Stmt | null;
  /** Whether the block ends with them. */
  readonly isLast: boolean;
}

/**
 * Deletes whole lines with the blank lines that they leave behind:
 * 1. at the top of a block or file, those below;
 * 2. at the bottom, with none below, those above;
 * 3. elsewhere as many as would double;
 * 4. at the end of a text without a final newline, the newline before them, so that there still is none.
 */
export function removeLines(text: string, lines: BlockLines): Edit {
  const above = blanksAbove(text, lines.start, lines.previous ? statementTail(text, lines.previous).next : 0);
  const below = blanksBelow(text, lines.next);
  const atTop = lines.previous === null && !isCommentLine(above.beyond);
  const atBottom = lines.isLast && below.count === 0 && !continuesBlock(text, lines.start, below.beyond);
  let end = lines.next;
  for (let left = atTop ? below.count : Math.min(above.count, below.count); left > 0; left -= 1) {
    end = nextLine(text, end);
  }
  const start = atBottom ? above.edge : lines.start;
  const isUnended = end === text.length && lineStart(text, end) < end;
  return deletion({ start: isUnended && start > textStart(text) ? lineEnd(text, start - 1) : start, end });
}

/** Whether a line below is a comment that still belongs to the block. */
function continuesBlock(text: string, start: number, below: string | null): boolean {
  return (
    below !== null &&
    isCommentLine(below) &&
    indentWidth(below) >= indentWidth(text.slice(start, lineEnd(text, start)))
  );
}
