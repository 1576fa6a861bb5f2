import type { Edit, Span } from "../../edit.ts";
import { hasComment, lineEnd, lineLengthOf, lineStart } from "../source.ts";
import { cellLines, cellsOf, gapsOf, type Cell, type ItemList } from "./items.ts";
import { deletion, mergeDeletions } from "./merge.ts";

/** What a removal works on: a list, the cells that go, and what becomes of their comments. */
interface Removal {
  readonly text: string;
  readonly list: ItemList;
  readonly cells: readonly Cell[];
  readonly gone: ReadonlySet<Cell>;
  readonly keepComment: boolean;
}

/**
 * Removes items of a list, given by index:
 * 1. all of them, without a comment to keep: everything between the brackets;
 * 2. a full line: with its line break; a comment that is kept stays on a line of its own;
 * 3. a line that starts after the bracket or ends before the closing one: the next or previous one moves up;
 * 4. some of a line: each with its comma, the comment stays with the line.
 * The last item that stays has a trailing comma if the last one had it.
 */
export function removeItems(
  text: string,
  list: ItemList,
  indices: ReadonlySet<number>,
  options: { readonly comment?: "drop" | "keep" } = {},
): Edit[] {
  const cells = cellsOf(text, list);
  const gone = new Set(cells.filter((_, index) => indices.has(index)));
  const removal = { text, list, cells, gone, keepComment: options.comment !== "drop" };
  if (gone.size === 0) return [];
  if (gone.size === cells.length && !keepsComment(removal))
    return [deletion({ start: list.open, end: list.close })];
  const edits = cellLines(cells).flatMap((line) => removeFromLine(removal, line));
  return mergeDeletions([...edits, ...trailingComma(removal), ...collapse(removal)]);
}

/** Whether a comment survives the removal of all items. */
function keepsComment({ text, list, cells, keepComment }: Removal): boolean {
  if (keepComment) return gapsOf(list).some((gap) => hasComment(text, gap));
  const dropped = cells.flatMap((cell) => (cell.comment ? [cell.comment.start] : []));
  return gapsOf(list).some(({ start, end }) => {
    const first = text.slice(start, end).indexOf("#");
    if (first < 0) return false;
    const rest = lineEnd(text, start + first);
    return !dropped.includes(start + first) || hasComment(text, { start: rest, end });
  });
}

function removeFromLine(removal: Removal, line: readonly Cell[]): Edit[] {
  const { text, gone } = removal;
  if (!line.some((cell) => gone.has(cell))) return [];
  if (line.some((cell) => gone.has(cell) && cell.comma !== null && hasComment(text, beforeComma(cell)))) {
    return line.flatMap((cell) => (gone.has(cell) ? removeAroundComment(cell) : []));
  }
  if (line.every((cell) => gone.has(cell))) return removeLine(removal, line);
  return removePart(removal, line);
}

function beforeComma(cell: Cell): Span {
  return { start: cell.end, end: cell.comma ?? cell.end };
}

/** A comment between an item and its comma stays where it is. */
function removeAroundComment(cell: Cell): Edit[] {
  const comma = cell.comma === null ? [] : [deletion({ start: cell.comma, end: cell.comma + 1 })];
  return [deletion(cell), ...comma];
}

/** Case 4. */
function removePart({ gone }: Removal, line: readonly Cell[]): Edit[] {
  return line.flatMap((cell, index) => {
    if (!gone.has(cell)) return [];
    const next = line[index + 1];
    const isFirst = line.slice(0, index).every((each) => gone.has(each));
    if (isFirst && next) return [deletion({ start: cell.start, end: next.start })];
    return [deletion({ start: line[index - 1]?.stop ?? cell.start, end: cell.stop })];
  });
}

/** Cases 2 and 3. */
function removeLine(removal: Removal, line: readonly Cell[]): Edit[] {
  const { text, keepComment } = removal;
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last) return [];
  if (!first.startsLine) return removeFirstLine(removal, first, last);
  if (last.next === null) return removeLastLine(removal, first, last);
  if (last.comment && keepComment) return [deletion({ start: first.start, end: last.comment.start })];
  return [deletion({ start: lineStart(text, first.start), end: last.next })];
}

/** The line after the opening bracket: the first item that stays moves up, unless a comment stands between. */
function removeFirstLine({ text, cells, gone, keepComment }: Removal, first: Cell, last: Cell): Edit[] {
  const commentEnd = last.comment && !keepComment ? last.comment.end : last.stop;
  const items = deletion({ start: first.start, end: commentEnd });
  const kept = cells.find((cell) => !gone.has(cell));
  if (last.next === null || !kept?.startsLine) return [items];
  if (last.comment && keepComment) return [items];
  const between = cells.slice(cells.indexOf(last) + 1, cells.indexOf(kept) + 1);
  if (between.some((cell) => hasComment(text, gapBefore(cells, cell, { from: last.next ?? 0 }))))
    return [items];
  return [
    deletion({ start: first.start, end: last.next }),
    deletion({ start: lineStart(text, kept.start), end: kept.start }),
  ];
}

/** What stands between the item before a cell and the cell, from an offset on. */
function gapBefore(cells: readonly Cell[], cell: Cell, { from }: { from: number }): Span {
  const before = cells[cells.indexOf(cell) - 1];
  return { start: Math.max(from, before?.end ?? from), end: cell.start };
}

/** The line of the closing bracket: it moves up behind the last item that stays, unless a comment stands between. */
function removeLastLine({ text, list, cells, gone }: Removal, first: Cell, last: Cell): Edit[] {
  const items = deletion({ start: first.start, end: last.stop });
  const kept = cells.findLast((cell) => !gone.has(cell));
  const from = kept ? kept.stop : list.open;
  const after = cells.slice(kept ? cells.indexOf(kept) + 1 : 0);
  if (after.some((cell) => hasComment(text, gapBefore(cells, cell, { from })))) return [items];
  return [deletion({ start: from, end: last.stop })];
}

/** The comma of the last item that stays goes with what followed it, where the list had no trailing comma. */
function trailingComma({ text, cells, gone }: Removal): Edit[] {
  const last = cells.at(-1);
  const kept = cells.findLast((cell) => !gone.has(cell));
  if (!last || !kept || kept === last || kept.comma === null || last.comma !== null) return [];
  const start = hasComment(text, beforeComma(kept)) ? kept.comma : kept.end;
  return [deletion({ start, end: kept.comma + 1 })];
}

/**
 * Brings what is left of `(\n    a, b\n)` back to one line, as a formatter would: all items on one line of their
 * own, no trailing comma, no comment.
 */
function collapse({ text, list, cells, gone }: Removal): Edit[] {
  const [first, last] = [cells[0], cells.at(-1)];
  if (!first?.startsLine || !last?.next || last.comma !== null) return [];
  if (cellLines(cells).length > 1 || gapsOf(list).some((gap) => hasComment(text, gap))) return [];
  const kept = cells.filter((cell) => !gone.has(cell)).map((cell) => text.slice(cell.start, cell.end));
  const rest = lineEnd(text, list.close) - list.close;
  const width = list.open - lineStart(text, list.open) + kept.join(", ").length + rest;
  if (width > lineLengthOf(text) || kept.some((item) => /[\r\n]/.test(item))) return [];
  return [deletion({ start: list.open, end: first.start }), deletion({ start: last.end, end: list.close })];
}
