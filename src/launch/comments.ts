import type { Span } from "../edit.ts";
import type { LaunchComment } from "./setting.ts";

/** How far what a line says goes, beyond the line. */
export type Reach = (text: string, line: Span) => Span;

/** The comment whose `#` stands at an offset, and the code that it is about. */
export function commentAt(text: string, start: number, reach: Reach): LaunchComment {
  const end = lineEnd(text, start);
  const line = { start: lineStart(text, start), end };
  const code = text.slice(line.start, start).trim() === "" ? codeBelow(text, end) : line;
  return { start, end, about: code ? reach(text, code) : { start: end, end } };
}

/** The next line that is neither empty nor a comment. */
function codeBelow(text: string, from: number): Span | null {
  for (let start = from + 1; start < text.length;) {
    const end = lineEnd(text, start);
    if (!/^\s*(?:#|$)/.test(text.slice(start, end))) return { start, end };
    start = end + 1;
  }
  return null;
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
