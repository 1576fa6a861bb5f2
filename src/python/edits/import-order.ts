import type { Import, ImportFrom, Module, Stmt } from "../syntax.ts";
import { statementTail } from "../source.ts";
import { isStdlib } from "./stdlib.ts";

export type ImportStmt = Import | ImportFrom;
type Compare<Item> = (a: Item, b: Item) => number;

/** What isort sorts imports by. */
interface Key {
  readonly isFrom: boolean;
  readonly level: number;
  readonly module: string;
  readonly member: string;
}

/** Whether a statement imports something. */
export function isImport(stmt: Stmt | undefined): stmt is ImportStmt {
  return stmt?.kind === "Import" || stmt?.kind === "ImportFrom";
}

/** Where a new import goes: next to an import of its section, sorted, or in a section of its own. */
export interface ImportPlace {
  readonly anchor: Stmt;
  readonly side: "before" | "after";
  /** Whether a blank line separates it from the anchor. */
  readonly apart: boolean;
}

/**
 * The place of a new `from module import member`: in the section of the import that shares most of its dotted name,
 * else of its kind (standard library, others, relative). Null where the module imports nothing yet.
 */
export function placeImport(
  text: string,
  module: Module,
  wanted: { module: string; member: string },
): ImportPlace | null {
  const groups = importGroups(text, module);
  const key: Key = { isFrom: true, level: 0, ...wanted };
  const relative = closest(groups.flat(), wanted.module);
  const group = relative ? groups.find((each) => each.includes(relative)) : null;
  if (group && relative) return placeInGroup(group, key, relative);
  return placeBySection(groups, key);
}

/** The import that shares the longest dotted prefix, at least one name of it. */
function closest(imports: readonly ImportStmt[], module: string): ImportStmt | null {
  let best: ImportStmt | null = null;
  let length = 0;
  for (const stmt of imports) {
    const shared = keyOf(stmt).level === 0 ? sharedPrefix(keyOf(stmt).module, module) : 0;
    if (shared > length) [best, length] = [stmt, shared];
  }
  return best;
}

function sharedPrefix(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  const different = left.findIndex((name, index) => name !== right[index]);
  return different < 0 ? left.length : different;
}

/** Sorted as the group is; in a group without order, after the closest import. */
function placeInGroup(group: readonly ImportStmt[], key: Key, closestTo: ImportStmt): ImportPlace {
  const compare = [byKindAndModule, byModule].find((order) => isSorted(group.map(keyOf), order));
  if (!compare) return { anchor: closestTo, side: "after", apart: false };
  const before = group.findLast((stmt) => compare(keyOf(stmt), key) <= 0);
  const [first] = group;
  if (!before && first) return { anchor: first, side: "before", apart: false };
  return { anchor: before ?? closestTo, side: "after", apart: false };
}

function placeBySection(groups: readonly (readonly ImportStmt[])[], key: Key): ImportPlace | null {
  const rank = rankOf(key);
  const same = groups.find((group) => group[0] && rankOf(keyOf(group[0])) === rank);
  if (same?.[0]) return placeInGroup(same, key, same.at(-1) ?? same[0]);
  const before = groups.findLast((group) => group[0] && rankOf(keyOf(group[0])) < rank)?.at(-1);
  if (before) return { anchor: before, side: "after", apart: true };
  const first = groups[0]?.[0];
  return first ? { anchor: first, side: "before", apart: true } : null;
}

function rankOf(key: Key): number {
  if (key.module === "__future__") return 0;
  if (key.level > 0) return 3;
  return isStdlib(key.module) ? 1 : 2;
}

/** The section of an absolute import, as a number to sort by. */
export function sectionOf(module: string): number {
  return rankOf({ isFrom: true, level: 0, module, member: "" });
}

/** The imports at the top level of a module, in groups that blank lines and other statements separate. */
export function importGroups(text: string, module: Module): ImportStmt[][] {
  const groups: ImportStmt[][] = [];
  for (const [index, stmt] of module.body.entries()) {
    if (!isImport(stmt)) continue;
    const before = module.body[index - 1];
    const group = groups.at(-1);
    if (group && before && isImport(before) && !hasBlankLine(text, before, stmt)) group.push(stmt);
    else groups.push([stmt]);
  }
  return groups;
}

function hasBlankLine(text: string, before: Stmt, stmt: Stmt): boolean {
  const { next, joined } = statementTail(text, before);
  return (
    !joined &&
    text
      .slice(next, stmt.start)
      .split(/\r\n|\n|\r/)
      .slice(0, -1)
      .some((line) => line.trim() === "")
  );
}

function keyOf(stmt: ImportStmt): Key {
  const first = stmt.names[0]?.name ?? "*";
  if (stmt.kind === "Import") return { isFrom: false, level: 0, module: first, member: "" };
  return { isFrom: true, level: stmt.level, module: stmt.module, member: first };
}

/** isort's default: `import a` before `from a import b`. */
function byKindAndModule(a: Key, b: Key): number {
  return Number(a.isFrom) - Number(b.isFrom) || byModule(a, b);
}

/** isort's `force-sort-within-sections`. */
function byModule(a: Key, b: Key): number {
  const byName = naturally(a.module.toLowerCase(), b.module.toLowerCase()) || naturally(a.module, b.module);
  return b.level - a.level || byName || Number(a.isFrom) - Number(b.isFrom) || byType(a.member, b.member);
}

/** Compares `from` imports as isort does. */
export function compareImports(a: Pick<Key, "module" | "member">, b: Pick<Key, "module" | "member">): number {
  return byModule({ isFrom: true, level: 0, ...a }, { isFrom: true, level: 0, ...b });
}

function isSorted<Item>(items: readonly Item[], compare: Compare<Item>): boolean {
  return items.every((item, index) => {
    const before = items[index - 1];
    return before === undefined || compare(before, item) <= 0;
  });
}

/** Where a name goes in the list of an import: in the order that the list shows, else at the end. */
export function memberIndex(members: readonly string[], member: string): number {
  const compare = [byType, byLowerCase, naturally].find((order) => isSorted(members, order));
  const index = compare ? members.findIndex((each) => compare(each, member) > 0) : -1;
  return index < 0 ? members.length : index;
}

/** isort's `order-by-type`: constants, classes, then the rest. */
function byType(a: string, b: string): number {
  return typeRank(a) - typeRank(b) || byLowerCase(a, b);
}

function typeRank(name: string): number {
  if (name.length > 1 && name === name.toUpperCase() && name !== name.toLowerCase()) return 0;
  return /^\p{Lu}/u.test(name) ? 1 : 2;
}

function byLowerCase(a: string, b: string): number {
  return naturally(a.toLowerCase(), b.toLowerCase()) || naturally(a, b);
}

/** Compares text with its numbers by value: `gb2` before `gb10`. */
function naturally(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D/gu) ?? [], b.match(/\d+|\D/gu) ?? []];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    const byNumber = /^\d/.test(part) && /^\d/.test(other) ? Number(part) - Number(other) : 0;
    return byNumber || (part < other ? -1 : 1);
  }
  return left.length - right.length;
}
