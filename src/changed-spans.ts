import { diffArrays } from "diff";
import type { Span } from "./edit.ts";

/** The whole lines in which two texts differ, as spans of each. */
export interface ChangedSpans {
  readonly before: readonly Span[];
  readonly after: readonly Span[];
}

/** Compares two texts line by line; how lines end does not count. */
export function changedSpans(before: string, after: string): ChangedSpans {
  const old = linesOf(before);
  const now = linesOf(after);
  const spans = { before: [] as Span[], after: [] as Span[] };
  const at = { old: 0, now: 0, before: 0, after: 0 };
  for (const { added, removed, count } of diffArrays(old, now, { comparator: isSameLine })) {
    const oldLength = added ? 0 : lengthOf(old, at.old, count);
    const newLength = removed ? 0 : lengthOf(now, at.now, count);
    if (removed) spans.before.push({ start: at.before, end: at.before + oldLength });
    if (added) spans.after.push({ start: at.after, end: at.after + newLength });
    at.before += oldLength;
    at.after += newLength;
    if (!added) at.old += count;
    if (!removed) at.now += count;
  }
  return spans;
}

/** Whether a span shares a character with one of the others. */
export function meets(spans: readonly Span[], { start, end }: Span): boolean {
  return spans.some((one) => one.start < end && start < one.end);
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)|(?<=\r)(?!\n)/);
}

function isSameLine(a: string, b: string): boolean {
  return a === b || a.replace(/[\r\n]+$/, "") === b.replace(/[\r\n]+$/, "");
}

function lengthOf(lines: readonly string[], start: number, count: number): number {
  return lines.slice(start, start + count).reduce((sum, line) => sum + line.length, 0);
}
