import type { Edit } from "../edit.ts";

/** A place in a text: the line, from 1, and the column in UTF-16 units, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Tells where in a text an offset is. */
export interface Positions {
  at(offset: number): Position;
  /** The text of a line up to an offset in it, a byte-order mark included. */
  lineUpTo(offset: number): string;
}

/** Lines end as they do for Python: with LF, CRLF or CR. A byte-order mark takes up no column. */
export function positionsIn(text: string): Positions {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)];
  const indexOf = (offset: number) => lastAtMost(starts, offset);
  return {
    at: (offset) => {
      const index = indexOf(offset);
      const from = index === 0 && text.startsWith("\uFEFF") ? 1 : (starts[index] ?? 0);
      return { line: index + 1, column: Math.max(0, offset - from) + 1 };
    },
    lineUpTo: (offset) => text.slice(starts[indexOf(offset)] ?? 0, offset),
  };
}

/** The lines that a fix is about, and those that it edits: one fix may answer several findings. */
export function linesOfFix(
  text: string,
  { line, edits }: { readonly line: number; readonly edits: readonly Edit[] | null },
): ReadonlySet<number> {
  const positions = positionsIn(text);
  const edited = (edits ?? []).flatMap(({ start, end }) => {
    const first = positions.at(start).line;
    const last = positions.at(Math.max(start, end - 1)).line;
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return new Set([line, ...edited]);
}

/** The index of the last number that is not greater; the numbers ascend from 0. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
