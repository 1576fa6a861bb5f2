import type { Edit } from "../../edit.ts";
import {
  hasComment,
  indentUnitOf,
  lineLengthOf,
  lineStart,
  newlineOf,
  skipBlank,
  skipTrivia,
  statementTail,
} from "../source.ts";
import type { ImportedName, ImportFrom } from "../syntax.ts";
import { insertItems, type NewItems } from "./add-items.ts";
import { memberIndex } from "./import-order.ts";
import type { ItemList } from "./items.ts";
import { removeItems } from "./remove-items.ts";

/** A name to import, `alias` null for its own. */
export type NewName = Pick<ImportedName, "name" | "alias">;

/** The text of an imported name. */
export function nameSource({ name, alias }: NewName): string {
  return alias === null ? name : `${name} as ${alias}`;
}

/** Removes names, not all of them, from `from m import …`. */
export function removeNames(text: string, stmt: ImportFrom, names: readonly ImportedName[]): Edit[] {
  return removeItems(text, nameList(text, stmt), new Set(names.map((name) => stmt.names.indexOf(name))));
}

/** Adds names to `from m import …`, sorted as its names are; a line that gets too long is put in parentheses. */
export function addNames(text: string, stmt: ImportFrom, names: readonly NewName[]): Edit[] {
  const list = nameList(text, stmt);
  const groups = placeNames(stmt, names);
  const isBare = list.open === stmt.names[0]?.start;
  if (isBare && isTooLong(text, stmt, groups)) return [wrap(text, stmt, groups)];
  return insertItems(text, list, groups);
}

/** The new names by where they go, in order. */
function placeNames(stmt: ImportFrom, names: readonly NewName[]): NewItems[] {
  const members = stmt.names.map((name) => name.name);
  const ordered: string[] = [];
  const sources = new Map<string, string>();
  for (const name of names) {
    ordered.splice(memberIndex(ordered, name.name), 0, name.name);
    sources.set(name.name, nameSource(name));
  }
  const groups = new Map<number, string[]>();
  for (const name of ordered) {
    const before = memberIndex(members, name);
    groups.set(before, [...(groups.get(before) ?? []), sources.get(name) ?? name]);
  }
  return [...groups].map(([before, added]) => ({ before, sources: added }));
}

function isTooLong(text: string, stmt: ImportFrom, groups: readonly NewItems[]): boolean {
  const added = groups
    .flatMap((group) => group.sources)
    .reduce((width, source) => width + source.length + 2, 0);
  const isOneLine = !/[\r\n]/.test(text.slice(stmt.start, stmt.end));
  const width = statementTail(text, stmt).end - lineStart(text, stmt.start) + added;
  return isOneLine && !statementTail(text, stmt).joined && width > lineLengthOf(text);
}

/** `import (` with a name per line; a comment of the line goes behind the parenthesis, where isort wants it. */
function wrap(text: string, stmt: ImportFrom, groups: readonly NewItems[]): Edit {
  const [first, last] = [stmt.names[0], stmt.names.at(-1)];
  const { comment } = statementTail(text, stmt);
  const sources = [...stmt.names.map((name) => text.slice(name.start, name.end)), null].flatMap(
    (source, index) => [
      ...groups.filter((group) => group.before === index).flatMap((group) => group.sources),
      ...(source === null ? [] : [source]),
    ],
  );
  const head = comment ? `  ${text.slice(comment.start, comment.end)}` : "";
  return {
    start: first?.start ?? stmt.end,
    end: comment?.end ?? last?.end ?? stmt.end,
    text: parenthesised(text, sources, head),
  };
}

/** `(`, a name per line with a trailing comma, `)`. */
export function parenthesised(text: string, sources: readonly string[], head = ""): string {
  const newline = newlineOf(text);
  const lines = sources.map((source) => `${newline}${indentUnitOf(text)}${source},`);
  return `(${head}${lines.join("")}${newline})`;
}

/** Whether names can be both removed and added by {@link rebuildNames}: nothing between them would be lost. */
export function canRebuild(text: string, stmt: ImportFrom): boolean {
  const { open, close } = nameList(text, stmt);
  return !hasComment(text, { start: open, end: close });
}

/** Writes the whole list of names anew, in its form: on one line, or one per line. */
export function rebuildNames(text: string, stmt: ImportFrom, names: readonly NewName[]): Edit {
  const { open, close } = nameList(text, stmt);
  const sources = names.map(nameSource);
  const isBare = open === stmt.names[0]?.start;
  const span = isBare ? { start: open, end: close } : { start: open - 1, end: close + 1 };
  const isOneLine = !/[\r\n]/.test(text.slice(open, close));
  const width = open - lineStart(text, open) + sources.join(", ").length;
  if (!isBare && !isOneLine) return { ...span, text: parenthesised(text, sources) };
  if (isOneLine && width > lineLengthOf(text)) return { ...span, text: parenthesised(text, sources) };
  return { start: open, end: close, text: sources.join(", ") };
}

/** The names between their parentheses, if there are any. */
function nameList(text: string, stmt: ImportFrom): ItemList {
  const [first, last] = [stmt.names[0], stmt.names.at(-1)];
  const opening = afterImportKeyword(text, stmt);
  if (!first || !last || text[opening] !== "(") {
    return { open: first?.start ?? stmt.end, close: last?.end ?? stmt.end, items: stmt.names };
  }
  const afterLast = skipTrivia(text, last.end);
  const close = text[afterLast] === "," ? skipTrivia(text, afterLast + 1) : afterLast;
  return { open: opening + 1, close, items: stmt.names };
}

/** Reads `from`, the dotted module and `import`, word by word: none of the words before can be `import`. */
function afterImportKeyword(text: string, stmt: ImportFrom): number {
  let at = stmt.start;
  while (at < stmt.end) {
    const word = /^[^\s\\.(]+|^\./u.exec(text.slice(at, stmt.end))?.[0] ?? "";
    at = skipBlank(text, at + Math.max(word.length, 1));
    if (word === "import") return at;
  }
  return stmt.end;
}
