import type { Span } from "../../edit.ts";
import { isSpace, lineEnd, lineStart, nextLine, skipTrivia } from "../source.ts";

/** What stands between brackets, separated by commas: arguments, dict entries, imported names. */
export interface ItemList {
  /** Right after the opening bracket, and at the closing one; without brackets, where the items start and end. */
  readonly open: number;
  readonly close: number;
  readonly items: readonly Span[];
}

/** An item and how it stands among the lines of its list. */
export interface Cell extends Span {
  /** Whether only whitespace stands before it on its line. */
  readonly startsLine: boolean;
  readonly comma: number | null;
  /** The end of the item with its comma. */
  readonly stop: number;
  /** A comment after it on its line, where no other item follows. */
  readonly comment: Span | null;
  /** The start of the next line, where no other item nor the closing bracket follows on this one. */
  readonly next: number | null;
}

/** Reads the cells of a list. */
export function cellsOf(text: string, list: ItemList): Cell[] {
  return list.items.map((item) => {
    const after = skipTrivia(text, item.end);
    const comma = after < list.close && text[after] === "," ? after : null;
    const stop = comma === null ? item.end : comma + 1;
    return {
      ...item,
      comma,
      stop,
      startsLine: startsLine(text, list, item.start),
      ...lineRest(text, list, stop),
    };
  });
}

function startsLine(text: string, list: ItemList, offset: number): boolean {
  const start = lineStart(text, offset);
  return start >= list.open && text.slice(start, offset).trim() === "";
}

/** What is left of a line after an item. */
function lineRest(text: string, list: ItemList, stop: number): { comment: Span | null; next: number | null } {
  let at = stop;
  while (isSpace(text[at])) at += 1;
  const end = lineEnd(text, at);
  const comment = text[at] === "#" && at < list.close ? { start: at, end } : null;
  const isDone = comment !== null || at === end || (text[at] === "\\" && at + 1 === end);
  return { comment, next: isDone && at < list.close ? nextLine(text, end) : null };
}

/** The cells line by line; an item that spans lines keeps those after it on its last one in its group. */
export function cellLines(cells: readonly Cell[]): Cell[][] {
  const lines: Cell[][] = [];
  let isOpen = false;
  for (const cell of cells) {
    const line = lines.at(-1);
    if (isOpen && line) line.push(cell);
    else lines.push([cell]);
    isOpen = cell.next === null;
  }
  return lines;
}

/** The stretches of a list that are no item: comments and commas live there. */
export function gapsOf(list: ItemList): Span[] {
  const ends = [list.open, ...list.items.map((item) => item.end)];
  const starts = [...list.items.map((item) => item.start), list.close];
  return ends.flatMap((start, index) => {
    const end = starts[index] ?? list.close;
    return end > start ? [{ start, end }] : [];
  });
}
