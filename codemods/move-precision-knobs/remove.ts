import {
  blocks,
  edits as edit,
  type Argument,
  type Assign,
  type Call,
  type Edit,
  type KnobSite,
  type RecipeFile,
  type Stmt,
} from "../../src/index.ts";

/** Takes writes out of a file: statements, keyword arguments, targets of a chain or tuple. */
export function removeSites(file: RecipeFile, sites: readonly KnobSite[], comment: "keep" | "drop"): Edit[] {
  const { text } = file;
  const { module } = file.source.parsed();
  const stmts = sites.filter(isWholeStatement).map(({ site }) => site.stmt);
  const unique = [...new Set(stmts)];
  return [
    ...(unique.length > 0 ? edit.removeStatements(text, module, unique, { comment }) : []),
    ...[...byCall(sites)].flatMap(([call, args]) =>
      edit.removeArguments(text, call, args, { comment: "keep" }),
    ),
    ...sites.filter((site) => isPart(site)).flatMap((site) => removePart(file, site)),
  ];
}

/** Whether a write can be taken out without touching what stands beside it; a text says why not. */
export function removable({ site }: KnobSite): string | null {
  if (site.form === "dictEntry") return "it is an entry of a dict that other code may read";
  if (site.form === "positional") return "it is passed by position";
  if (site.form === "setattr")
    return isCallStatement(site.stmt) ? null : "setattr is part of a larger statement";
  if (site.form === "keyword") return null;
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

function isCallStatement(stmt: Stmt): boolean {
  return stmt.kind === "ExprStmt" && stmt.value.kind === "Call";
}

function isSingle(stmt: Assign): boolean {
  const [target, ...more] = stmt.targets;
  return more.length === 0 && target?.kind === "Attribute";
}

function isWholeStatement({ site }: KnobSite): boolean {
  if (site.form === "setattr") return true;
  return site.form === "attribute" && site.stmt.kind === "Assign" && isSingle(site.stmt);
}

function isPart({ site }: KnobSite): boolean {
  return site.form === "attribute" && site.stmt.kind === "Assign" && !isSingle(site.stmt);
}

function byCall(sites: readonly KnobSite[]): ReadonlyMap<Call, Argument[]> {
  const calls = new Map<Call, Argument[]>();
  for (const { site } of sites) {
    const arg = site.form === "keyword" ? site.call?.args.find((one) => one.start === site.start) : undefined;
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
