import type { Span } from "../edit.ts";

const BOM = "\uFEFF";
/** Opening quotes only: apostrophes inside words and closing quotes follow a letter. */
const OPENING_QUOTE = /(?<=[\s([{,=:])(["'])(?!\1)/g;
const USUAL_LINE_LENGTHS = [88, 100, 119, 120];
/** A text that no formatter would break, or a comment behind code. */
const UNBREAKABLE = /(["'])(?:(?!\1).){20,}\1|\s#.*$/g;

/** The number of the line that holds an offset, from 1; LF, CRLF and a lone CR end lines, a form feed does not. */
export function lineAt(text: string, offset: number): number {
  const starts = lineStartsOf(text);
  let low = 0;
  for (let high = starts.length; high - low > 1;) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** Reports ask for line after line of the same few texts. */
const lineStarts = new Map<string, readonly number[]>();
const MOST_TEXTS = 64;

function lineStartsOf(text: string): readonly number[] {
  let starts = lineStarts.get(text);
  if (!starts) {
    if (lineStarts.size >= MOST_TEXTS) lineStarts.clear();
    lineStarts.set(text, (starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(endOf)]));
  }
  return starts;
}

function endOf({ index, 0: found }: RegExpExecArray): number {
  return index + found.length;
}

/** Where the first line starts: after the byte order mark. */
export function textStart(text: string): number {
  return text.startsWith(BOM) ? 1 : 0;
}

/** Where the line that holds an offset starts; a byte order mark is not part of the first line. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  if (text[at] === "\n" && text[at - 1] === "\r") at -= 1;
  while (at > 0 && !breakBefore(text, at)) at -= 1;
  return at === 0 ? Math.min(offset, textStart(text)) : at;
}

/** Where the content of the line that holds an offset ends: at its line break or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  if (text[at] === "\n" && text[at - 1] === "\r") return at - 1;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

/** Where the line after the one that holds an offset starts, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  if (text[end] === "\r" && text[end + 1] === "\n") return end + 2;
  return Math.min(end + 1, text.length);
}

function breakBefore(text: string, at: number): boolean {
  const last = text[at - 1];
  return last === "\n" || (last === "\r" && text[at] !== "\n");
}

/** The exact whitespace (spaces, tabs, form feeds) that the line holding an offset starts with. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let at = start;
  while (isSpace(text[at])) at += 1;
  return text.slice(start, at);
}

/** The line break that most lines have; `\n` where there is none. */
export function newlineOf(text: string): string {
  const crlf = text.split("\r\n").length - 1;
  const lf = text.split("\n").length - 1 - crlf;
  const cr = text.split("\r").length - 1 - crlf;
  if (crlf > lf && crlf >= cr) return "\r\n";
  return cr > lf ? "\r" : "\n";
}

/** The quote character that most strings of a file start with; a guess, since comments are read too. */
export function quoteStyleOf(text: string): '"' | "'" {
  let balance = 0;
  for (const [, quote] of text.matchAll(OPENING_QUOTE)) balance += quote === "'" ? 1 : -1;
  return balance > 0 ? "'" : '"';
}

/**
 * The line length that a file keeps to: the least usual one that holds its longest line of code, at most 120.
 * A guess: comments, long texts and what stands between triple quotes say nothing.
 */
export function lineLengthOf(text: string): number {
  let longest = 0;
  for (const [index, part] of text.split(/"""|'''/).entries()) {
    const lines = index % 2 === 0 ? part.split(/\r\n|\n|\r/) : [];
    for (const line of lines)
      longest = Math.max(longest, line.replace(/^\s*#.*/, "").replace(UNBREAKABLE, "").length);
  }
  return USUAL_LINE_LENGTHS.find((length) => longest <= length) ?? 120;
}

/** What one more level of indentation is in a file: that of its first indented line, else four spaces. */
export function indentUnitOf(text: string): string {
  const found = /:[ \t]*(?:#.*)?(?:\r\n|\n|\r)(\t| +)(?=[A-Za-z_"'@])/.exec(text)?.[1];
  return found === undefined || found.length > 8 ? "    " : found;
}

/** Whether a character is whitespace inside a line. */
export function isSpace(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\f";
}

/** Skips whitespace and backslash continuations: what may stand between two tokens of one logical line. */
export function skipBlank(text: string, offset: number): number {
  let at = offset;
  while (true) {
    while (isSpace(text[at])) at += 1;
    if (text[at] !== "\\" || lineEnd(text, at) !== at + 1) return at;
    at = nextLine(text, at);
  }
}

/** Skips whitespace, line breaks, continuations and comments: what may stand between two tokens in brackets. */
export function skipTrivia(text: string, offset: number): number {
  let at = skipBlank(text, offset);
  while (text[at] === "#" || text[at] === "\n" || text[at] === "\r") {
    at = text[at] === "#" ? lineEnd(text, at) : nextLine(text, at);
    at = skipBlank(text, at);
  }
  return at;
}

/** Whether a gap between two tokens holds a comment. */
export function hasComment(text: string, gap: Span): boolean {
  return text.slice(gap.start, gap.end).includes("#");
}

/** What follows a statement on its line. */
export interface StatementTail {
  readonly semicolon: number | null;
  /** Whether another statement follows the semicolon. */
  readonly joined: boolean;
  /** From the `#` to the last character of the line. */
  readonly comment: Span | null;
  /** Where the statement's last line ends, and the next one starts; equal at the end of the text. */
  readonly end: number;
  readonly next: number;
}

/** Reads what follows a statement on its logical line; where another statement does, `end` is on that one's line. */
export function statementTail(text: string, stmt: Span): StatementTail {
  let at = skipBlank(text, stmt.end);
  const semicolon = text[at] === ";" ? at : null;
  if (semicolon !== null) at = skipBlank(text, at + 1);
  const end = lineEnd(text, at);
  const comment = text[at] === "#" ? { start: at, end } : null;
  const joined = semicolon !== null && comment === null && at < end;
  return { semicolon, joined, comment, end, next: nextLine(text, end) };
}
