import type { Edit, Span } from "../../edit.ts";
import { skipTrivia } from "../source.ts";
import type { Argument, Call, Dict, DictEntry } from "../syntax.ts";
import { addItems } from "./add-items.ts";
import { cellsOf, type ItemList } from "./items.ts";
import { insertion } from "./merge.ts";
import { removeItems } from "./remove-items.ts";
import type { RemoveOptions } from "./statements.ts";

/** Removes an argument of a call, see {@link removeArguments}. */
export function removeArgument(text: string, call: Call, arg: Argument, options: RemoveOptions = {}): Edit[] {
  return removeArguments(text, call, [arg], options);
}

/** Removes arguments with their commas; neighbours keep their comments, lines and trailing comma style. */
export function removeArguments(
  text: string,
  call: Call,
  args: readonly Argument[],
  options: RemoveOptions = {},
): Edit[] {
  return removeItems(text, argumentItems(call), indicesOf(call.args, args), options);
}

/** The comment behind an argument that has a line of its own, with two spaces in front; empty if there is none. */
export function argumentComment(text: string, call: Call, arg: Argument): string {
  const cell = cellsOf(text, argumentItems(call))[call.args.indexOf(arg)];
  return cell?.startsLine && cell.comment ? `  ${text.slice(cell.comment.start, cell.comment.end)}` : "";
}

/** Adds `name=value` as the last argument of a call, in the form that the call has. */
export function addKeyword(text: string, call: Call, source: string): Edit[] {
  return addKeywords(text, call, [source]);
}

/** Adds several `name=value` at once: edits of two single additions would collide. */
export function addKeywords(text: string, call: Call, sources: readonly string[]): Edit[] {
  if (!isBareGenerator(call) || sources.length === 0) return addItems(text, argumentItems(call), sources);
  const { start, end } = call.argsSpan;
  return [insertion(start, "("), insertion(end, `, ${sources.join(", ")})`)];
}

/** Removes arguments and adds others: new ones take the places of old ones first. */
export function replaceArguments(
  text: string,
  call: Call,
  change: { readonly remove: readonly Argument[]; readonly add: readonly string[] },
): Edit[] {
  const { remove, add } = change;
  const shared = Math.min(remove.length, add.length);
  const replaced = remove
    .slice(0, shared)
    .map(({ start, end }, index) => ({ start, end, text: add[index] ?? "" }));
  const removed = removeArguments(text, call, remove.slice(shared));
  return [...replaced, ...removed, ...addKeywords(text, call, add.slice(shared))];
}

/** Gives a keyword argument another name. */
export function renameKeyword(text: string, arg: Argument, name: string): Edit[] {
  if (arg.kind !== "keyword" || arg.name === null || arg.name === name) return [];
  const end = arg.start + arg.name.length;
  return text.slice(arg.start, end) === arg.name ? [{ start: arg.start, end, text: name }] : [];
}

/** Removes an entry of a dict literal, see {@link removeDictEntries}. */
export function removeDictEntry(
  text: string,
  dict: Dict,
  entry: DictEntry,
  options: RemoveOptions = {},
): Edit[] {
  return removeDictEntries(text, dict, [entry], options);
}

/** Removes entries of a dict literal as {@link removeArguments} does arguments. */
export function removeDictEntries(
  text: string,
  dict: Dict,
  entries: readonly DictEntry[],
  options: RemoveOptions = {},
): Edit[] {
  return removeItems(text, dictItems(text, dict), indicesOf(dict.entries, entries), options);
}

/** Adds `key: value` or `**spread` at the end of a dict literal, in the form that it has. */
export function addDictEntry(text: string, dict: Dict, source: string): Edit[] {
  return addDictEntries(text, dict, [source]);
}

/** Adds several dict entries at once. */
export function addDictEntries(text: string, dict: Dict, sources: readonly string[]): Edit[] {
  return addItems(text, dictItems(text, dict), sources);
}

/** `f(x for x in y)`: the parentheses are the generator's, and the argument spans them. */
function isBareGenerator({ args, argsSpan }: Call): boolean {
  return args[0]?.start === argsSpan.start;
}

function argumentItems(call: Call): ItemList {
  const { start, end } = call.argsSpan;
  const inner = { open: start + 1, close: end - 1 };
  return { ...inner, items: isBareGenerator(call) ? [{ start: inner.open, end: inner.close }] : call.args };
}

/** A dict in parentheses spans those too: its own brace comes after them. */
function dictItems(text: string, dict: Dict): ItemList {
  let brace = dict.start;
  while (text[brace] === "(") brace = skipTrivia(text, brace + 1);
  const afterLast = skipTrivia(text, dict.entries.at(-1)?.end ?? brace + 1);
  const close = text[afterLast] === "," ? skipTrivia(text, afterLast + 1) : afterLast;
  return { open: brace + 1, close, items: dict.entries };
}

function indicesOf<Item extends Span>(all: readonly Item[], some: readonly Item[]): ReadonlySet<number> {
  return new Set(some.map((item) => all.indexOf(item)));
}
