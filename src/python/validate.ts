import type { Span } from "../edit.ts";
import { blocksIn, logicalLineStart, placeOf, type Block } from "./edits/place.ts";
import type { SyntaxProblem } from "./parsed-text.ts";
import { skipTrivia } from "./source.ts";
import type { Match, Module, Stmt } from "./syntax.ts";
import { checkEnd, checkFuture, checkOwn, problem, type Context } from "./validate-statement.ts";

/**
 * What the parser lets through and CPython does not compile: empty blocks, broken indentation, Python 2 statements,
 * impossible arguments and parameters, `return` outside a function … Null where we know of no problem. Every function
 * body is walked. Top-level statements that stood in `before` as they are were not
 * edited and are not looked into again.
 */
export function checkSyntax(
  module: Module,
  text: string,
  before: Written | null = null,
): SyntaxProblem | null {
  const context = { text, inFunction: false, inClass: false, inLoop: false };
  const known = new Set(before?.module.body.map(({ start, end }) => before.text.slice(start, end)));
  const edited = module.body.filter(({ start, end }) => !known.has(text.slice(start, end)));
  // Where a statement stands is looked at in any case: an edit before it may have moved it.
  return (
    checkFuture(module) ??
    checkColumns(module.body, text, null) ??
    checkEach(edited, context) ??
    checkEnd(text, module)
  );
}

/** A text and its syntax. */
export interface Written {
  readonly text: string;
  readonly module: Module;
}

function checkBlock(block: Block, context: Context, outer: Columns): SyntaxProblem | null {
  return checkColumns(block, context.text, outer) ?? checkEach(block, context);
}

/** Checks the indentation of a block; `outer` is that of its header, null for the module. */
function checkColumns(block: Block, text: string, outer: Columns | null): SyntaxProblem | null {
  let columns: Columns | null = outer ? null : { column: 0, alternate: 0 };
  for (const stmt of block.filter((one) => startsLine(text, one))) {
    const own = columnsAt(text, stmt);
    columns ??= own;
    if (!sameColumns(columns, own)) return problem(stmt, "this line is not indented as its block is");
    if (outer && !isDeeper(own, outer)) return problem(stmt, "this block is not deeper than its header");
  }
  return null;
}

function checkEach(block: Block, context: Context): SyntaxProblem | null {
  for (const stmt of block) {
    const found = checkOwn(stmt, context) ?? checkClauses(stmt, context);
    if (found) return found;
  }
  return null;
}

/** Checks the blocks of a compound statement: each is there, and each clause stands below the first. */
function checkClauses(stmt: Stmt, context: Context): SyntaxProblem | null {
  if (stmt.kind === "Match") return checkCases(stmt, context);
  if (!("body" in stmt)) return null;
  const own = columnsAt(context.text, stmt);
  const decorators = "decorators" in stmt ? stmt.decorators : [];
  const below = decorators.map(({ end }) => ({ start: skipTrivia(context.text, end), end: stmt.end }));
  const shifted = below.find((line) => !sameColumns(own, columnsAt(context.text, line)));
  if (shifted) return problem(shifted, "this line is not indented as its decorator is");
  const handlers = stmt.kind === "Try" ? stmt.handlers.map((handler) => handler.body) : [];
  const empty = [stmt.body, ...handlers].some((block) => block.length === 0);
  if (empty) return problem(stmt, "a block of this statement is empty");
  for (const block of blocksIn(stmt)) {
    const found =
      checkClauseAfter(stmt, block, context.text) ?? checkBlock(block, contextIn(stmt, block, context), own);
    if (found) return found;
  }
  return null;
}

/** Checks the cases of a `match`: each stands deeper than the `match`, where the first one does, and has a block. */
function checkCases(stmt: Match, context: Context): SyntaxProblem | null {
  const [outer, first] = [columnsAt(context.text, stmt), stmt.cases[0]];
  if (!first) return problem(stmt, "a match without cases");
  const columns = columnsAt(context.text, first);
  if (!isDeeper(columns, outer)) return problem(first, "this block is not deeper than its header");
  for (const one of stmt.cases) {
    if (!sameColumns(columns, columnsAt(context.text, one)))
      return problem(one, "this line is not indented as its block is");
    if (one.body.length === 0) return problem(one, "a block of this statement is empty");
    const found = checkBlock(one.body, context, columns);
    if (found) return found;
  }
  return null;
}

/** Checks the `else`, `except` or `finally` that follows a block: at the column of its statement, and not empty. */
function checkClauseAfter(stmt: Stmt, block: Block, text: string): SyntaxProblem | null {
  const last = block.at(-1);
  let at = last ? skipTrivia(text, last.end) : stmt.end;
  if (text[at] === ";") at = skipTrivia(text, at + 1);
  if (!last || at >= stmt.end) return null;
  const clause = { start: at, end: stmt.end };
  if (!sameColumns(columnsAt(text, stmt), columnsAt(text, clause))) {
    return problem(clause, "this clause is not indented as its statement is");
  }
  const isFollowed = blocksIn(stmt).some((each) => each[0] !== undefined && each[0].start >= at);
  return isFollowed ? null : problem(clause, "this clause is empty");
}

function contextIn(stmt: Stmt, block: Block, context: Context): Context {
  if (stmt.kind === "FunctionDef") return { ...context, inFunction: true, inClass: false, inLoop: false };
  if (stmt.kind === "ClassDef") return { ...context, inFunction: false, inClass: true, inLoop: false };
  const isLoop = (stmt.kind === "For" || stmt.kind === "While") && block === stmt.body;
  return isLoop ? { ...context, inLoop: true } : context;
}

/** Whether a statement's indentation counts: not that of an inline body, nor that of an `elif`. */
function startsLine(text: string, stmt: Stmt): boolean {
  const isElif = stmt.kind === "If" && text.startsWith("elif", stmt.start);
  return !isElif && placeOf(text, stmt).opening === "line";
}

/** The indentation of a logical line as CPython measures it, with tabs of eight and of one. */
interface Columns {
  readonly column: number;
  readonly alternate: number;
}

function columnsAt(text: string, stmt: Span): Columns {
  let [column, alternate, continued] = [0, 0, 0];
  for (let at = logicalLineStart(text, stmt); at < stmt.start; at += 1) {
    const char = text[at];
    // A continuation fixes the column, unless it is the first of the line.
    if (char === "\\") continued ||= column;
    else if (char === "\f") [column, alternate] = [0, 0];
    else if (char === "\t") [column, alternate] = [(Math.floor(column / 8) + 1) * 8, alternate + 1];
    else if (char === " ") [column, alternate] = [column + 1, alternate + 1];
  }
  return continued > 0 ? { column: continued, alternate: continued } : { column, alternate };
}

function sameColumns(a: Columns, b: Columns): boolean {
  return a.column === b.column && a.alternate === b.alternate;
}

function isDeeper(inner: Columns, outer: Columns): boolean {
  return inner.column > outer.column && inner.alternate > outer.alternate;
}
