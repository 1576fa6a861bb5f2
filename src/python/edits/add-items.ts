import type { Edit } from "../../edit.ts";
import {
  hasComment,
  indentationAt,
  indentUnitOf,
  lineEnd,
  lineLengthOf,
  lineStart,
  newlineOf,
  nextLine,
} from "../source.ts";
import { cellLines, cellsOf, gapsOf, type Cell, type ItemList } from "./items.ts";
import { insertion } from "./merge.ts";

/** Items to put into a list before one of its own, or at its end. */
export interface NewItems {
  readonly before: number;
  readonly sources: readonly string[];
}

/** Adds items at the end of a list, see {@link insertItems}. */
export function addItems(text: string, list: ItemList, sources: readonly string[]): Edit[] {
  return insertItems(text, list, [{ before: list.items.length, sources }]);
}

/**
 * Puts items into a list in the form that it has:
 * 1. an empty list: between the brackets, or on a line of its own where a comment is;
 * 2. one item per line: on lines of their own, with a trailing comma if the last one has it;
 * 3. items side by side: on the same line; a line that gets too long is broken, one item per line.
 */
export function insertItems(text: string, list: ItemList, groups: readonly NewItems[]): Edit[] {
  const cells = cellsOf(text, list);
  const wanted = groups.filter((group) => group.sources.length > 0);
  if (wanted.length === 0) return [];
  const adding = { text, list, cells };
  if (isTooLong(adding, wanted)) return breakList(adding, wanted);
  if (cells.length === 0) return fillEmpty(text, list, wanted);
  return wanted.flatMap((group) => {
    const cell = cells[group.before];
    return cell ? insertAhead(adding, cell, group.sources) : append(adding, group.sources);
  });
}

interface Adding {
  readonly text: string;
  readonly list: ItemList;
  readonly cells: readonly Cell[];
}

/** Case 1. */
function fillEmpty(text: string, list: ItemList, groups: readonly NewItems[]): Edit[] {
  const source = groups.flatMap((group) => group.sources).join(", ");
  const at = lineStart(text, list.close);
  if (!hasComment(text, { start: list.open, end: list.close })) {
    return [{ start: list.open, end: list.close, text: source }];
  }
  return [
    insertion(at, `${indentationAt(text, list.close)}${indentUnitOf(text)}${source},${newlineOf(text)}`),
  ];
}

function insertAhead(adding: Adding, cell: Cell, sources: readonly string[]): Edit[] {
  const { text, list, cells } = adding;
  const isAlone = cell.startsLine && (cell.next !== null || cells.at(-1) === cell) && isOnePerLine(adding);
  if (!isAlone) return [insertion(cell.start, sources.map((source) => `${source}, `).join(""))];
  const before = cells[cells.indexOf(cell) - 1];
  const at = before?.next ?? nextLine(text, list.open);
  const indent = indentationAt(text, cell.start);
  return [insertion(at, sources.map((source) => `${indent}${source},${newlineOf(text)}`).join(""))];
}

/** Whether items stand on lines of their own: one that shares its line with the brackets says nothing. */
function isOnePerLine({ text, list, cells }: Adding): boolean {
  if (!isBracketed(text, list)) return false;
  const lines = cellLines(cells);
  return (
    lines.every((line) => line.length === 1) && (lines.length > 1 || (cells.at(-1)?.comma ?? null) !== null)
  );
}

function append(adding: Adding, sources: readonly string[]): Edit[] {
  const { text, cells } = adding;
  const last = cells.at(-1);
  if (!last) return [];
  const newline = newlineOf(text);
  const indent = indentationAt(text, last.start);
  if (!last.startsLine || !isOnePerLine(adding)) {
    const added = sources.join(", ");
    return [last.comma === null ? insertion(last.end, `, ${added}`) : insertion(last.stop, ` ${added},`)];
  }
  if (last.next === null)
    return [insertion(last.end, sources.map((source) => `,${newline}${indent}${source}`).join(""))];
  if (last.comma !== null) {
    return [insertion(last.next, sources.map((source) => `${indent}${source},${newline}`).join(""))];
  }
  return [
    insertion(last.end, ","),
    insertion(last.next, `${indent}${sources.join(`,${newline}${indent}`)}${newline}`),
  ];
}

/** Whether items side by side, on the line of both brackets or between them, would be longer than the file's lines. */
function isTooLong(adding: Adding, groups: readonly NewItems[]): boolean {
  const { text, list, cells } = adding;
  const [first] = cells;
  if (cellLines(cells).length > 1 || !isBreakable(text, list)) return false;
  if (first?.startsLine && isOnePerLine(adding)) return false;
  const added = groups
    .flatMap((group) => group.sources)
    .reduce((width, source) => width + source.length + 2, first ? 0 : -2);
  const at = first?.start ?? list.open;
  return lineEnd(text, at) - lineStart(text, at) + added > lineLengthOf(text);
}

/** Whether a list can be broken without breaking what it stands in: nothing else stands on the lines of its brackets. */
function isBreakable(text: string, list: ItemList): boolean {
  const start = lineStart(text, list.open);
  const ahead = [...text.slice(start, list.open - 1)];
  const depth =
    ahead.filter((char) => "([{".includes(char)).length - ahead.filter((char) => ")]}".includes(char)).length;
  const after = text.slice(list.close + 1, lineEnd(text, list.close));
  const isOneLine = list.items.every((item) => !/[\r\n]/.test(text.slice(item.start, item.end)));
  return (
    isBracketed(text, list) &&
    isOneLine &&
    depth === 0 &&
    /^,?\s*(?:#.*)?$/.test(after) &&
    !gapsOf(list).some((gap) => hasComment(text, gap))
  );
}

/** `from m import a, b` has no brackets, so no line may end in it. */
function isBracketed(text: string, list: ItemList): boolean {
  return "([{".includes(text[list.open - 1] ?? " ");
}

/** Case 3, too long: one item per line with a trailing comma, the closing bracket on a line of its own. */
function breakList({ text, list, cells }: Adding, groups: readonly NewItems[]): Edit[] {
  const outer = indentationAt(text, list.open);
  const newline = newlineOf(text) + outer + indentUnitOf(text);
  const sourcesBefore = (index: number) =>
    groups
      .filter((group) => group.before === index)
      .flatMap((group) => group.sources.map((source) => `${source},${newline}`));
  const heads = cells.map((cell, index) => {
    const start = cells[index - 1]?.end ?? list.open;
    const comma = index === 0 ? "" : ",";
    return { start, end: cell.start, text: comma + newline + sourcesBefore(index).join("") };
  });
  const last = cells.at(-1)?.end ?? list.open;
  const added = groups.filter((group) => group.before >= cells.length).flatMap((group) => group.sources);
  const tail = added
    .map((source, index) => `${cells.length + index > 0 ? "," : ""}${newline}${source}`)
    .join("");
  return [...heads, { start: last, end: list.close, text: `${tail},${newlineOf(text)}${outer}` }];
}
