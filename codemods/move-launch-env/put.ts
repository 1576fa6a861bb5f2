import {
  blocks,
  edits as edit,
  walk,
  type Assign,
  type Call,
  type Dict,
  type Edit,
  type RecipeFile,
  type Stmt,
} from "../../src/index.ts";
import type { Holder, Spot } from "./holder.ts";
import type { Setting } from "./settings.ts";

/** Where settings come from and the container that they go to. */
export interface Move {
  readonly spot: Spot;
  readonly holder: Holder;
  /** Whether the new lines take the place of the statement, rather than standing after it. */
  readonly replaces: boolean;
}

/** Edits, and whether the comments behind the settings went with them. */
export interface Put {
  readonly edits: Edit[];
  readonly carries: boolean;
}

/** Puts settings on `env_vars`: into the literal that the function assigns, else item by item. A text says why not. */
export function putSettings(file: RecipeFile, move: Move, settings: readonly Setting[]): Put | string {
  const { spot, holder } = move;
  if (holder.kind === "call") return putInCall(file, holder.call, settings);
  const body = blocks.bodyOf(file.source.parsed().module, spot.func);
  const whole = [...walk.statements(body)].filter((stmt) => isWhole(stmt, holder.name)).at(-1);
  if (!whole) return putItems(file, move, { name: holder.name, settings });
  const block = blocks.commonBlock(body, [spot.stmt, whole]);
  if (!block.includes(whole)) {
    return `line ${lineOf(file, whole)} assigns env_vars as a whole, and only sometimes`;
  }
  if (!block.includes(spot.stmt)) {
    return `it is set under a condition, and line ${lineOf(file, whole)} assigns env_vars under none`;
  }
  const late = settings.find(({ value }) => !blocks.isPure(value));
  if (late) return `${late.source} is computed by a call, which may not move`;
  const isBefore = whole.start < spot.stmt.start;
  if (isBefore && settings.some(({ value }) => value.kind !== "Constant")) {
    return `line ${lineOf(file, whole)} assigns env_vars before its value is known`;
  }
  if (whole.value?.kind === "Dict") return without(file, move, putInDict(file, whole.value, settings));
  const lines = itemLines(file, holder.name, settings);
  return without(file, move, { edits: edit.insertAfter(file.text, whole, lines), carries: true });
}

function isWhole(stmt: Stmt, name: string): stmt is Assign {
  const [target, ...others] = stmt.kind === "Assign" ? stmt.targets : [];
  return (
    target?.kind === "Attribute" &&
    others.length === 0 &&
    target.attr === "env_vars" &&
    target.value.kind === "Name" &&
    target.value.id === name
  );
}

/** The same, with the statement that the settings came from taken away. */
function without(file: RecipeFile, { spot, replaces }: Move, put: Put | string): Put | string {
  if (typeof put === "string" || !replaces) return put;
  const comment = put.carries ? "drop" : "keep";
  const removed = edit.removeStatements(file.text, file.source.parsed().module, [spot.stmt], { comment });
  return { ...put, edits: [...put.edits, ...removed] };
}

/** Adds entries to a dict literal; those that it has already stay, and none may be there with another value. */
function putInDict(file: RecipeFile, dict: Dict, settings: readonly Setting[]): Put | string {
  const wanted: Setting[] = [];
  for (const setting of settings) {
    const entry = dict.entries.find(({ key }) => key?.kind === "Constant" && key.value === setting.name);
    const there = entry ? file.text.slice(entry.value.start, entry.value.end) : null;
    if (entry && there !== null && bare(there) !== bare(setting.source)) {
      return `line ${lineOf(file, entry)} sets it to ${there}, and nobody can know which of the two is meant`;
    }
    if (!entry) wanted.push(setting);
  }
  return { edits: edit.addDictEntries(file.text, dict, entrySources(file, wanted)), carries: false };
}

function bare(source: string): string {
  return source.replace(/^(["'])(.*)\1$/, "$2");
}

/** `ConfigContainer(…)` without a name: its own `env_vars` argument. */
function putInCall(file: RecipeFile, call: Call, settings: readonly Setting[]): Put | string {
  const given = call.args.find(({ name }) => name === "env_vars");
  if (given?.value.kind === "Dict") return putInDict(file, given.value, settings);
  if (given) return "env_vars is passed as something other than a dict literal";
  const keyword = `env_vars={${entrySources(file, settings).join(", ")}}`;
  return { edits: edit.addKeywords(file.text, call, [keyword]), carries: false };
}

function putItems(
  file: RecipeFile,
  move: Move,
  { name, settings }: { name: string; settings: readonly Setting[] },
): Put | string {
  const { spot, holder, replaces } = move;
  const lines = itemLines(file, name, settings);
  const bound = holder.kind === "name" ? holder.boundBy : null;
  const isLater = bound !== null && bound.start > spot.stmt.start;
  if (isLater || !replaces) {
    const anchor = isLater ? bound : spot.stmt;
    return without(file, move, { edits: edit.insertAfter(file.text, anchor, lines), carries: true });
  }
  const [first = "", ...rest] = lines;
  const inPlace = edit.replaceSpan(file.text, spot.stmt, withoutComment(first, settings[0]));
  return {
    edits: [...inPlace, ...(rest.length > 0 ? edit.insertAfter(file.text, spot.stmt, rest) : [])],
    carries: true,
  };
}

/** The comment behind a statement that is replaced is there already. */
function withoutComment(line: string, setting: Setting | undefined): string {
  return line.slice(0, line.length - (setting?.comment.length ?? 0));
}

function itemLines(file: RecipeFile, name: string, settings: readonly Setting[]): string[] {
  const quote = quoteOf(file);
  return settings.map((one) => `${name}.env_vars[${quote}${one.name}${quote}] = ${one.source}${one.comment}`);
}

function entrySources(file: RecipeFile, settings: readonly Setting[]): string[] {
  const quote = quoteOf(file);
  return settings.map((one) => `${quote}${one.name}${quote}: ${one.source}`);
}

/** The quote that the file uses more. */
function quoteOf({ text }: RecipeFile): string {
  return text.split("'").length > text.split('"').length ? "'" : '"';
}

export function lineOf({ text }: RecipeFile, { start }: { readonly start: number }): number {
  return text.slice(0, start).split("\n").length;
}
