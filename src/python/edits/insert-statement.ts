import type { Edit } from "../../edit.ts";
import {
  indentUnitOf,
  lineStart,
  newlineOf,
  nextLine,
  skipBlank,
  statementTail,
  textStart,
} from "../source.ts";
import { isCompound, type Stmt } from "../syntax.ts";
import { blanksAbove, blanksBelow, indentWidth, isCommentLine, lineBefore } from "./blank-lines.ts";
import { insertion } from "./merge.ts";
import { placeOf, type Place } from "./place.ts";

const COMPOUND = /^(?:#|@|(?:async|class|def|elif|else|except|finally|for|if|match|try|while|with)\b)/;

/**
 * Inserts lines, given without indentation, after a statement:
 * 1. a statement with a line of its own, or a compound one: on new lines below it;
 * 2. one that is joined or inline: joined by `;`;
 * 3. the same, when the new lines cannot be joined: its line is split.
 */
export function insertAfter(text: string, stmt: Stmt, lines: readonly string[]): Edit[] {
  const place = placeOf(text, stmt);
  const tail = statementTail(text, stmt);
  if (place.opening === "line" && !tail.joined) return [insertBelow(text, stmt, { place, lines })];
  if (isJoinable(lines)) return [insertion(stmt.end, `; ${lines.join("; ")}`)];
  const { head, indent } = splitHead(text, stmt, place);
  if (!tail.joined || tail.semicolon === null) {
    return [...head, insertLines(text, tail.next, indentLines(lines, indent))];
  }
  const rest = skipBlank(text, tail.semicolon + 1);
  return [...head, { start: stmt.end, end: rest, text: `${between(text, lines, indent)}${indent}` }];
}

/**
 * Inserts lines, given without indentation, before a statement:
 * 1. one that starts its line: above it and the comments attached to it, but below those that start the file;
 * 2. one that is joined or inline: joined by `;`;
 * 3. the same, when the new lines cannot be joined: its line is split.
 */
export function insertBefore(text: string, stmt: Stmt, lines: readonly string[]): Edit[] {
  const place = placeOf(text, stmt);
  if (place.opening === "line") return [insertAbove(text, stmt, { place, lines })];
  if (isJoinable(lines)) return [insertion(stmt.start, `${lines.join("; ")}; `)];
  const { indent, gap } = splitHead(text, stmt, place);
  return [{ ...gap, text: `${between(text, lines, indent)}${indent}` }];
}

/** Whether lines may stand in one line between semicolons. */
function isJoinable(lines: readonly string[]): boolean {
  return (
    lines.every((line) => line !== "" && !/^\s/.test(line) && !line.includes("#") && !COMPOUND.test(line)) &&
    lines.every((line) => /^[^([{]*$/.test(line) || isBalanced(line))
  );
}

function isBalanced(line: string): boolean {
  const count = (chars: string) => [...line].filter((char) => chars.includes(char)).length;
  return count("([{") === count(")]}");
}

interface Insertion {
  readonly place: Place;
  readonly lines: readonly string[];
}

function insertBelow(text: string, stmt: Stmt, { place, lines }: Insertion): Edit {
  const at = endOfLines(text, stmt, place.indent);
  const blanks = isSpaced(stmt, lines) ? blanksToKeepBelow(text, at, { stmt, indent: place.indent }) : 0;
  return insertLines(text, at, [...blankLines(blanks), ...indentLines(lines, place.indent)]);
}

function insertAbove(text: string, stmt: Stmt, { place, lines }: Insertion): Edit {
  const at = startOfComments(text, place);
  const { count, beyond } = blanksAbove(text, at, textStart(text));
  const blanks = isDefinition(stmt) ? count || (beyond === null ? definitionGap(place.indent) : 0) : 0;
  const all = [...indentLines(lines, place.indent), ...blankLines(blanks)];
  return insertion(at, all.map((line) => line + newlineOf(text)).join(""));
}

/** The start of the line after a statement; comments deeper than a compound statement's header are still its own. */
function endOfLines(text: string, stmt: Stmt, indent: string): number {
  let at = statementTail(text, stmt).next;
  if (!isCompound(stmt)) return at;
  while (at < text.length) {
    const { edge, beyond } = blanksBelow(text, at);
    if (beyond === null || !isCommentLine(beyond) || indentWidth(beyond) <= indent.length) return at;
    at = nextLine(text, edge);
  }
  return at;
}

/** Where the comment lines attached to a statement start; those at the start of the file belong to the file. */
function startOfComments(text: string, place: Place): number {
  let at = place.lineStart;
  for (let above = lineBefore(text, at); isCommentLine(above); above = lineBefore(text, at)) {
    if (indentWidth(above ?? "") !== place.indent.length) return at;
    at = lineStart(text, at - 1);
  }
  return at <= textStart(text) ? place.lineStart : at;
}

function isDefinition(stmt: Stmt): boolean {
  return stmt.kind === "FunctionDef" || stmt.kind === "ClassDef";
}

/** Whether formatters keep blank lines between a statement and new lines: after definitions and imports. */
function isSpaced(stmt: Stmt, lines: readonly string[]): boolean {
  if (isDefinition(stmt)) return true;
  if (stmt.kind !== "Import" && stmt.kind !== "ImportFrom") return false;
  return !/^(?:import|from)\b/.test(lines.find((line) => line !== "") ?? "");
}

/** As many blank lines as there are already; at the end of a block as many as a formatter asks for. */
function blanksToKeepBelow(text: string, at: number, anchor: { stmt: Stmt; indent: string }): number {
  const { count, beyond } = blanksBelow(text, at);
  const usual = isDefinition(anchor.stmt) ? definitionGap(anchor.indent) : 1;
  const isLast = beyond === null || endsBlock(beyond, anchor.indent);
  return isLast ? usual : Math.min(count, usual);
}

/** Whether a line is code outside a block: neither a comment nor a form feed says so. */
function endsBlock(line: string, indent: string): boolean {
  return line.trim() !== "" && !isCommentLine(line) && indentWidth(line) < indent.length;
}

function definitionGap(indent: string): number {
  return indent === "" ? 2 : 1;
}

/**
 * Splits an inline body off its header, or a joined statement off the one before it.
 * @throws {Error} for the second statement of an inline body: lines of its own would leave the body.
 */
function splitHead(text: string, stmt: Stmt, place: Place): { head: Edit[]; indent: string; gap: Edit } {
  if (place.opening === "joined" && COMPOUND.test(text.slice(place.lineStart).trimStart())) {
    throw new Error(`lines cannot follow the inline statement at offset ${stmt.start}`);
  }
  const indent = place.opening === "inline" ? place.indent + indentUnitOf(text) : place.indent;
  let start = stmt.start;
  while (/[ \t\f\\\r\n]/.test(text[start - 1] ?? "")) start -= 1;
  const gap = { start, end: stmt.start, text: newlineOf(text) + indent };
  return { head: place.opening === "inline" ? [gap] : [], indent, gap };
}

function between(text: string, lines: readonly string[], indent: string): string {
  const newline = newlineOf(text);
  return (
    newline +
    indentLines(lines, indent)
      .map((line) => line + newline)
      .join("")
  );
}

function blankLines(count: number): string[] {
  return Array.from({ length: count }, () => "");
}

function indentLines(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => (line === "" ? "" : indent + line));
}

/** Inserts lines where a line starts, or at the end of a text without a final newline. */
function insertLines(text: string, at: number, lines: readonly string[]): Edit {
  const newline = newlineOf(text);
  const isUnended = at === text.length && lineStart(text, at) < at;
  return insertion(at, lines.map((line) => (isUnended ? newline + line : line + newline)).join(""));
}
