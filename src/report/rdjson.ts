import { applyEdits, type Edit, type Span } from "../edit.ts";
import type { Json } from "../json.ts";
import type { Notice, NoticeFix, Notices, Unread } from "./notices.ts";
import { positionsIn, type Positions } from "./positions.ts";

/** A suggestion of more lines than this fits no comment; the message says so instead. */
const MOST_LINES = 60;

/** Reviewdog Diagnostic Format. A fix is one suggestion, so that accepting it applies it whole. */
export function rdjsonText({ notices, unread }: Notices): string {
  const result = {
    source: { name: "bridgemod" },
    diagnostics: [...notices.map(diagnosticOf), ...unread.map(unreadDiagnostic)],
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function diagnosticOf({ path, rule, severity, line, place, message, fix }: Notice): Json {
  const positions = positionsIn(place?.text ?? "");
  const range = place ? rangeOf(positions, place.span) : line === null ? null : { start: { line } };
  const suggestion = place && fix ? suggestionOf(place.text, fix, positions) : null;
  const isTooLong = fix !== null && suggestion === null;
  const more = isTooLong
    ? "\n\nThe fix spans too many lines to be suggested; `bridgemod migrate` applies it."
    : "";
  return {
    message: message + more,
    location: range ? { path, range } : { path },
    severity: severity.toUpperCase(),
    code: { value: rule },
    ...(suggestion && { suggestions: [suggestion] }),
  };
}

function unreadDiagnostic({ path, failed, reason }: Unread): Json {
  const message = `${failed ? "failed" : "skipped"}: ${reason}`;
  return { message, location: { path }, severity: failed ? "ERROR" : "INFO" };
}

/** One replacement from the first edit to the last. */
function suggestionOf(text: string, { edits }: NoticeFix, positions: Positions): Json | null {
  const start = Math.min(...edits.map((edit) => edit.start));
  const end = Math.max(...edits.map((edit) => edit.end));
  const lines = positions.at(end).line - positions.at(start).line;
  if (edits.length === 0 || lines > MOST_LINES) return null;
  const moved: Edit[] = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  return { range: rangeOf(positions, { start, end }), text: applyEdits(text.slice(start, end), moved) };
}

function rangeOf(positions: Positions, { start, end }: Span): { [key: string]: Json } {
  return { start: bytePosition(positions, start), end: bytePosition(positions, end) };
}

/** Columns are bytes of UTF-8, a byte-order mark included: that is what the file has on its line. */
function bytePosition(positions: Positions, offset: number): Json {
  const column = new TextEncoder().encode(positions.lineUpTo(offset)).length + 1;
  return { line: positions.at(offset).line, column };
}
