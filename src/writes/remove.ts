import type { RecipeFile } from "../codemod.ts";
import type { Edit } from "../edit.ts";
import * as blocks from "../python/blocks.ts";
import * as edit from "../python/edits/index.ts";
import type { Argument, Assign, Call, Expr, Stmt } from "../python/syntax.ts";
import * as walk from "../python/walk.ts";
import type { KnobSite } from "../sites.ts";
import { entryOf } from "./dict-entry.ts";

interface Removal {
  /** What becomes of comments behind removed statements. */
  readonly comment: "keep" | "drop";
  /** Other statements that go with the sites. */
  readonly also?: readonly Stmt[];
}

/** Takes writes out of a file: statements, arguments, dict entries, targets of a chain or tuple. */
export function removeSites(file: RecipeFile, sites: readonly KnobSite[], removal: Removal): Edit[] {
  const { text } = file;
  const { module } = file.source.parsed();
  const { comment, also = [] } = removal;
  const stmts = new Set([...sites.filter(isWholeStatement).map(({ site }) => site.stmt), ...also]);
  return [
    ...(stmts.size > 0 ? edit.removeStatements(text, module, [...stmts], { comment }) : []),
    ...[...byCall(sites)].flatMap(([call, args]) =>
      edit.removeArguments(text, call, args, { comment: "keep" }),
    ),
    ...sites.flatMap((site) => {
      const found = entryOf(file.source.parsed().module, site);
      return found ? edit.removeDictEntries(text, found.dict, [found.entry], { comment: "keep" }) : [];
    }),
    ...sites.filter((site) => isPart(site)).flatMap((site) => removePart(file, site)),
  ];
}

/** Whether a write can be taken out without touching what stands beside it; a text says why not. */
export function removable(written: KnobSite): string | null {
  const { site } = written;
  if (site.form === "dictEntry") {
    const found = entryOf(site.module.parsed().module, written);
    return found ? null : "it is an entry of a dict that other code reads, too";
  }
  if (site.form === "positional") return isLastPositional(written) ? null : "arguments follow it by position";
  if (site.form === "keyword") return null;
  if (isWholeStatement(written) && hasInnerComment(site.module.text, site.stmt))
    return "a comment stands inside the statement";
  if (site.form === "setattr")
    return isCallStatement(site.stmt) ? null : "setattr is part of a larger statement";
  if (site.stmt.kind !== "Assign") return "it is no plain assignment";
  if (isSingle(site.stmt) || site.stmt.targets.length > 1) return null;
  const [target] = site.stmt.targets;
  const { value } = site.stmt;
  const splits =
    target?.kind === "Tuple" && value?.kind === "Tuple" && target.items.length === value.items.length;
  return splits && blocks.isPure(value)
    ? null
    : "it is part of a tuple assignment whose value cannot be split";
}

function isLastPositional({ site }: KnobSite): boolean {
  const last = site.call?.args.findLast((arg) => arg.kind !== "keyword");
  return last?.start === site.start && last.kind === "positional";
}

/** Whether a statement that spans lines holds a comment, which would go with it. */
function hasInnerComment(text: string, stmt: Stmt): boolean {
  const strings = walk.ownExpressions(stmt).flatMap((expr) => [...walk.walkExpression(expr)].filter(isText));
  const inStrings = (at: number) => strings.some((one) => one.start <= at && at < one.end);
  return [...text.slice(stmt.start, stmt.end).matchAll(/#/g)].some(
    ({ index }) => !inStrings(stmt.start + index),
  );
}

function isText(expr: Expr): boolean {
  return expr.kind === "JoinedStr" || (expr.kind === "Constant" && typeof expr.value === "string");
}

function isCallStatement(stmt: Stmt): boolean {
  return stmt.kind === "ExprStmt" && stmt.value.kind === "Call";
}

function isSingle(stmt: Assign): boolean {
  const [target, ...more] = stmt.targets;
  return more.length === 0 && target?.kind === "Attribute";
}

/** Whether a write is all that its statement does. */
export function isWholeStatement({ site }: KnobSite): boolean {
  if (site.form === "setattr") return true;
  return site.form === "attribute" && site.stmt.kind === "Assign" && isSingle(site.stmt);
}

function isPart(written: KnobSite): boolean {
  const { site } = written;
  return site.form === "attribute" && site.stmt.kind === "Assign" && !isWholeStatement(written);
}

function byCall(sites: readonly KnobSite[]): ReadonlyMap<Call, Argument[]> {
  const calls = new Map<Call, Argument[]>();
  for (const { site } of sites) {
    const isArgument = site.form === "keyword" || site.form === "positional";
    const arg = isArgument ? site.call?.args.find((one) => one.start === site.start) : undefined;
    if (site.call && arg) calls.set(site.call, [...(calls.get(site.call) ?? []), arg]);
  }
  return calls;
}

function removePart(file: RecipeFile, { site }: KnobSite): Edit[] {
  const { stmt } = site;
  if (stmt.kind !== "Assign") return [];
  const index = stmt.targets.findIndex((target) => target.start === site.start);
  if (index >= 0 && stmt.targets.length > 1) {
    const end = stmt.targets[index + 1]?.start ?? stmt.value?.start ?? site.end;
    return edit.replaceSpan(file.text, { start: site.start, end }, "");
  }
  const [target] = stmt.targets;
  const { value } = stmt;
  if (target?.kind !== "Tuple" || value?.kind !== "Tuple") return [];
  const at = target.items.findIndex((item) => item.start === site.start);
  const rest = (items: readonly { start: number; end: number }[]) =>
    items
      .filter((_, position) => position !== at)
      .map((item) => file.text.slice(item.start, item.end))
      .join(", ");
  return [
    ...edit.replaceSpan(file.text, target, rest(target.items)),
    ...edit.replaceSpan(file.text, value, rest(value.items)),
  ];
}
