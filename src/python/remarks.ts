import type { Span } from "../edit.ts";
import { blocksIn, everyStatement, linesOf, placeOf, type Block } from "./edits/place.ts";
import { isSpace, lineEnd, lineStart, skipTrivia } from "./source.ts";
import { isCompound, type Module, type Stmt } from "./syntax.ts";

/** A text and its syntax. */
export interface ParsedSource {
  readonly text: string;
  readonly module: Module;
}

/** Whether nothing but whitespace stands before a comment on its line. */
export function standsAlone(text: string, comment: Span): boolean {
  return text.slice(lineStart(text, comment.start), comment.start).trim() === "";
}

/** The line of code that a comment speaks of: its own, or the next one below a comment that stands alone. */
export function lineSpokenOf(text: string, comment: Span): Span | null {
  if (!standsAlone(text, comment)) return lineAround(text, comment.start);
  const next = skipTrivia(text, comment.end);
  return next < text.length ? lineAround(text, next) : null;
}

/**
 * The code that a remark on a line is about: the line; a statement whose first or last line it is; all of a function
 * or class whose header it belongs to.
 */
export function codeAbout({ text, module }: ParsedSource, line: Span): readonly Span[] {
  const spans: Span[] = [line];
  for (const stmt of everyStatement(module.body)) {
    const header = headerOf(text, stmt);
    const isAbout = header ? touches(header, line) : isEdge(stmt, line);
    if (isAbout) spans.push({ start: stmt.start, end: stmt.end });
  }
  return spans;
}

/** Where a comment of its own line goes that is about the code at an offset, and the indentation that it takes. */
export interface Above {
  readonly at: number;
  readonly indent: string;
}

/** The place above the statement that holds an offset: never within a bracket, a string or a joined line. */
export function placeAbove({ text, module }: ParsedSource, offset: number): Above {
  const way = wayTo(module.body, offset);
  for (const { block, stmt } of way.reverse()) {
    const first = linesOf(text, block).find((line) => line.includes(stmt))?.[0] ?? stmt;
    const place = placeOf(text, first);
    if (place.opening === "line") return { at: place.lineStart, indent: place.indent };
  }
  return { at: lineStart(text, offset), indent: "" };
}

interface Step {
  readonly block: Block;
  readonly stmt: Stmt;
}

/** The statements that hold an offset, from the outermost in; one that follows, where none does. */
function wayTo(block: Block, offset: number): Step[] {
  const stmt = block.find(({ end }) => offset <= end);
  if (!stmt) return [];
  const step = { block, stmt };
  if (offset < stmt.start) return [step];
  for (const inner of blocksIn(stmt)) {
    const [first, last] = [inner[0], inner.at(-1)];
    if (first && last && first.start <= offset && offset <= last.end) return [step, ...wayTo(inner, offset)];
  }
  return [step];
}

/** The lines of a function's or class's header, decorators included; null for other statements. */
function headerOf(text: string, stmt: Stmt): Span | null {
  if (stmt.kind !== "FunctionDef" && stmt.kind !== "ClassDef") return null;
  const [first] = stmt.body;
  if (!first) return stmt;
  const isInline = placeOf(text, first).opening === "inline";
  return { start: stmt.start, end: isInline ? stmt.end : lineStart(text, first.start) - 1 };
}

function touches(header: Span, line: Span): boolean {
  return header.start <= line.end && line.start <= header.end;
}

/** Compound statements have no last line of their own: a remark on it is about what stands there. */
function isEdge(stmt: Stmt, line: Span): boolean {
  if (isCompound(stmt)) return false;
  const isOn = (offset: number) => line.start <= offset && offset <= line.end;
  return isOn(stmt.start) || isOn(stmt.end);
}

function lineAround(text: string, offset: number): Span {
  let start = lineStart(text, offset);
  while (isSpace(text[start])) start += 1;
  return { start, end: lineEnd(text, offset) };
}
