import type { Edit, Span } from "../../edit.ts";
import { lineEnd, newlineOf, statementTail } from "../source.ts";
import type { Module, Stmt } from "../syntax.ts";
import { indentWidth, removeLines } from "./blank-lines.ts";
import { deletion, insertion, mergeDeletions } from "./merge.ts";
import { blockOf, linesOf, placeOf, type Block } from "./place.ts";

export interface RemoveOptions {
  /** What becomes of a comment that trails the removed code: it gets a line of its own unless it is dropped. */
  readonly comment?: "drop" | "keep";
}

/** Removes a simple statement with its line, see {@link removeStatements}. */
export function removeStatement(
  text: string,
  module: Module,
  stmt: Stmt,
  options: RemoveOptions = {},
): Edit[] {
  return removeStatements(text, module, [stmt], options);
}

/**
 * Removes simple statements:
 * 1. of a line that others keep, each with its `;`, the line's comment stays;
 * 2. a whole line, with blank lines that would double;
 * 3. all of a block, which becomes `pass`.
 * Comments on lines of their own are never removed.
 */
export function removeStatements(
  text: string,
  module: Module,
  stmts: readonly Stmt[],
  options: RemoveOptions = {},
): Edit[] {
  const chosen = new Set(stmts);
  const blocks = new Set(stmts.map((stmt) => blockOf(module, stmt)));
  const keepComment = options.comment !== "drop";
  const edits = [...blocks].flatMap((block) => {
    const needsPass = block !== module.body && block.every((stmt) => chosen.has(stmt));
    return removeFromBlock({ text, block, chosen, needsPass, keepComment });
  });
  return mergeDeletions(edits);
}

interface Removal {
  readonly text: string;
  readonly block: Block;
  readonly chosen: ReadonlySet<Stmt>;
  readonly needsPass: boolean;
  readonly keepComment: boolean;
}

function removeFromBlock(removal: Removal): Edit[] {
  const { text, block, chosen, needsPass, keepComment } = removal;
  const edits: Edit[] = [];
  const whole: Line[] = [];
  for (const stmts of linesOf(text, block)) {
    const line = readLine(text, stmts);
    if (!stmts.every((stmt) => chosen.has(stmt))) edits.push(...removePart(text, stmts, chosen));
    else if (needsPass && stmts[0] === block[0]) edits.push(...replaceByPass(text, line, keepComment));
    else if (keepComment && line.comment)
      edits.push(deletion({ start: line.codeStart, end: line.comment.start }));
    else whole.push(line);
  }
  for (const { start, next, previous, last } of adjacentRuns(text, block, whole)) {
    edits.push(removeLines(text, { start, next, previous, isLast: last === block.at(-1) }));
  }
  return edits;
}

/** A logical line of statements. */
interface Line {
  readonly first: Stmt;
  readonly last: Stmt;
  readonly inline: boolean;
  readonly start: number;
  /** Where the code starts, after the indentation; a continuation may precede the first statement. */
  readonly codeStart: number;
  readonly codeEnd: number;
  readonly comment: Span | null;
  readonly next: number;
}

function readLine(text: string, stmts: readonly Stmt[]): Line {
  const [first, last] = [stmts[0], stmts.at(-1)];
  if (!first || !last) throw new Error("a line without statements");
  const place = placeOf(text, first);
  const tail = statementTail(text, last);
  const inline = place.opening !== "line";
  return {
    first,
    last,
    inline,
    start: place.lineStart,
    codeStart: inline ? first.start : codeStart(text, place.lineStart),
    codeEnd: tail.semicolon === null ? last.end : tail.semicolon + 1,
    comment: tail.comment,
    next: tail.next,
  };
}

function codeStart(text: string, start: number): number {
  return start + indentWidth(text.slice(start, lineEnd(text, start)));
}

/** Case 1: a statement goes with the `;` after it, or with a plain one before it; the last ones with the one before. */
function removePart(text: string, stmts: readonly Stmt[], chosen: ReadonlySet<Stmt>): Edit[] {
  const [last, lastKept] = [stmts.at(-1), stmts.findLast((stmt) => !chosen.has(stmt))];
  if (!last || !lastKept) return [];
  const edits = stmts.flatMap((stmt, index) => {
    const [before, next] = [stmts[index - 1], stmts[index + 1]];
    if (!chosen.has(stmt) || !next || stmt.start > lastKept.start) return [];
    const isPlain = before && !chosen.has(before) && text.slice(before.end, stmt.start) === "; ";
    return [
      deletion(isPlain ? { start: before.end, end: stmt.end } : { start: stmt.start, end: next.start }),
    ];
  });
  if (last === lastKept) return edits;
  return [...edits, deletion({ start: lastKept.end, end: last.end })];
}

/** Case 3. A comment that is kept goes above `pass`, except after a header on the same line. */
function replaceByPass(text: string, line: Line, keepComment: boolean): Edit[] {
  const { codeStart: start, codeEnd, comment, inline } = line;
  if (!comment || (inline && keepComment)) return [{ start, end: codeEnd, text: "pass" }];
  if (!keepComment) return [{ start, end: comment.end, text: "pass" }];
  const indent = text.slice(line.start, start);
  return [
    deletion({ start, end: comment.start }),
    insertion(comment.end, `${newlineOf(text)}${indent.slice(indent.lastIndexOf("\f") + 1)}pass`),
  ];
}

/** Neighbouring lines with nothing but blank lines between them. */
interface Run {
  readonly start: number;
  readonly next: number;
  readonly previous: Stmt | null;
  readonly last: Stmt;
}

function adjacentRuns(text: string, block: Block, lines: readonly Line[]): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const { start, next, first, last } = line;
    const before = runs.at(-1);
    if (before && text.slice(before.next, start).trim() === "")
      runs[runs.length - 1] = { ...before, next, last };
    else runs.push({ start, next, last, previous: block[block.indexOf(first) - 1] ?? null });
  }
  return runs;
}
