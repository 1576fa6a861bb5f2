import type { Span } from "../../edit.ts";
import { nestedBlocks, type Module, type Stmt } from "../syntax.ts";
import { isSpace, lineStart, statementTail } from "../source.ts";

export type Block = readonly Stmt[];

/**
 * How a statement stands in its line: first on a line of its own, joined to another by `;`, or inline after the
 * colon of a header (`if x: stmt`).
 */
export interface Place {
  readonly opening: "line" | "joined" | "inline";
  /** Where the logical line starts; for a joined or inline statement, where its own line does. */
  readonly lineStart: number;
  /** The indentation that new lines beside the statement need: no form feed is ever repeated. */
  readonly indent: string;
}

/** Reads how a statement stands in its line. */
export function placeOf(text: string, stmt: Span): Place {
  const start = logicalLineStart(text, stmt);
  if (start === lineStart(text, start)) return { ...lineAround(text, start), opening: "line" };
  const opening = text[start - 1] === ";" ? "joined" : "inline";
  return { ...lineAround(text, stmt.start), opening };
}

/** Where the whitespace and continuations before a statement start: a line, if nothing else stands on it. */
export function logicalLineStart(text: string, stmt: Span): number {
  let at = stmt.start;
  while (true) {
    while (isSpace(text[at - 1])) at -= 1;
    if (at !== lineStart(text, at) || !continues(text, at)) return at;
    at = lastBackslash(text, at);
  }
}

function lineAround(text: string, offset: number): { lineStart: number; indent: string } {
  const start = lineStart(text, offset);
  let end = start;
  while (isSpace(text[end])) end += 1;
  const whitespace = text.slice(start, end);
  return { lineStart: start, indent: whitespace.slice(whitespace.lastIndexOf("\f") + 1) };
}

/** Whether the line before one ends in a continuation, not in a comment that ends in a backslash. */
function continues(text: string, start: number): boolean {
  const backslash = lastBackslash(text, start);
  return backslash >= 0 && !text.slice(lineStart(text, backslash), backslash).includes("#");
}

/** The backslash right before the line break that ends at an offset, or -1. */
function lastBackslash(text: string, start: number): number {
  let at = start - 1;
  if (text[at] === "\n" && text[at - 1] === "\r") at -= 1;
  return at > 0 && text[at - 1] === "\\" ? at - 1 : -1;
}

/**
 * The block that holds a statement.
 * @throws {Error} where the statement is not one of the module's.
 */
export function blockOf(module: Module, stmt: Stmt): Block {
  const found = searchBlock(module.body, stmt);
  if (!found) throw new Error(`no block of this module holds the ${stmt.kind} at offset ${stmt.start}`);
  return found;
}

function searchBlock(block: Block, stmt: Stmt): Block | null {
  if (block.includes(stmt)) return block;
  const holder = block.find((each) => each.start <= stmt.start && stmt.end <= each.end);
  if (!holder) return null;
  for (const nested of blocksIn(holder)) {
    const found = searchBlock(nested, stmt);
    if (found) return found;
  }
  return null;
}

/** The blocks directly inside a statement, those of functions and classes included. */
export function blocksIn(stmt: Stmt): readonly Block[] {
  return stmt.kind === "FunctionDef" || stmt.kind === "ClassDef" ? [stmt.body] : nestedBlocks(stmt);
}

/** Every statement of a module, function and class bodies included, in source order within each block. */
export function* everyStatement(block: Block): Generator<Stmt> {
  for (const stmt of block) {
    yield stmt;
    for (const nested of blocksIn(stmt)) yield* everyStatement(nested);
  }
}

/** The statements of a block that share a logical line, line by line. */
export function linesOf(text: string, block: Block): Stmt[][] {
  const lines: Stmt[][] = [];
  let joined = false;
  for (const stmt of block) {
    const line = lines.at(-1);
    if (joined && line) line.push(stmt);
    else lines.push([stmt]);
    joined = statementTail(text, stmt).joined;
  }
  return lines;
}
