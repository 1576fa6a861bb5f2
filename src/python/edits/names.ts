import type { Span } from "../../edit.ts";
import { matchCaptures } from "../patterns.ts";
import type { Expr, ImportedName, ImportFrom, Module, Param, Stmt } from "../syntax.ts";
import { ownExpressions, rootName, storeTargets, walkExpression } from "../walk.ts";
import { blocksIn, everyStatement, type Block } from "./place.ts";

const WORD = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/gu;

/** A name that a module binds, in any scope; `imported` says which import does. */
export interface Binding {
  readonly name: string;
  readonly imported: { readonly stmt: ImportFrom; readonly name: ImportedName } | null;
}

/**
 * Every binding of a module: imports, assignments, definitions, parameters, loop, `with`, `except` and `case` targets, in
 * functions too. Fields and methods of classes are left out: no other code finds them by their bare name. Code that
 * we do not follow may bind any word in it.
 */
export function* bindingsOf(text: string, module: Module): Generator<Binding> {
  yield* blockBindings(text, module.body, "scope");
}

function* blockBindings(text: string, block: Block, owner: "scope" | "class"): Generator<Binding> {
  for (const stmt of block) {
    for (const binding of ownBindings(text, stmt)) {
      if (owner === "scope" || binding.imported) yield binding;
    }
    for (const nested of blocksIn(stmt)) {
      const inner = stmt.kind === "ClassDef" ? "class" : stmt.kind === "FunctionDef" ? "scope" : owner;
      yield* blockBindings(text, nested, inner);
    }
  }
}

function* ownBindings(text: string, stmt: Stmt): Generator<Binding> {
  if (stmt.kind === "ImportFrom") {
    for (const name of stmt.names) yield { name: name.alias ?? name.name, imported: { stmt, name } };
    return;
  }
  const names = [...boundNames(text, stmt), ...ownExpressions(stmt).flatMap(expressionNames)];
  for (const name of names) yield { name, imported: null };
}

function boundNames(text: string, stmt: Stmt): string[] {
  switch (stmt.kind) {
    case "Import":
      return stmt.names.map(({ name, alias }) => alias ?? name.split(".")[0] ?? name);
    case "Assign":
      return stmt.targets.flatMap(targetNames);
    case "AugAssign":
    case "For":
      return targetNames(stmt.target);
    case "With":
      return stmt.items.flatMap((item) => (item.target ? targetNames(item.target) : []));
    case "Match":
      return matchCaptures(stmt).map(({ id }) => id);
    case "Try":
      return stmt.handlers.flatMap((handler) => handler.name ?? []);
    case "FunctionDef":
      return [stmt.name, ...stmt.params.map((param) => param.name)];
    case "ClassDef":
      return [stmt.name];
    case "OpaqueStmt":
      return wordsIn(text, stmt);
    default:
      return [];
  }
}

function targetNames(target: Expr): string[] {
  return storeTargets(target).flatMap((place) => (place.kind === "Name" ? [place.id] : []));
}

/** What an expression binds by itself: `:=`, lambda parameters, comprehension targets. */
function expressionNames(expr: Expr): string[] {
  return [...walkExpression(expr)].flatMap((part) => {
    if (part.kind === "NamedExpr") return [part.target.id];
    if (part.kind === "Lambda") return part.params.map((param) => param.name);
    return part.kind === "Comprehension" ? part.clauses.flatMap((clause) => targetNames(clause.target)) : [];
  });
}

/**
 * Whether a module refers to a name: in any expression or annotation (quoted ones too), by `global` or `del`, or in
 * `__all__`; assigning to it is no use. Shadowing is not looked at, so a name that is used is never said not to be.
 */
export function isNameUsed(text: string, module: Module, localName: string): boolean {
  return isNameUsedOutside(text, module, { localName, ignoring: [] });
}

/** The same for what will be left when some spans are gone: those of the edits of a fix. */
export function isNameUsedOutside(
  text: string,
  module: Module,
  question: { readonly localName: string; readonly ignoring: readonly Span[] },
): boolean {
  const { localName, ignoring } = question;
  const isLeft = (span: Span) => !ignoring.some((gone) => gone.start <= span.start && span.end <= gone.end);
  for (const stmt of everyStatement(module.body)) {
    if (stmt.kind === "Scope" && stmt.names.includes(localName) && isLeft(stmt)) return true;
    const spans = [...annotationsOf(stmt), ...(stmt.kind === "OpaqueStmt" ? [stmt] : [])];
    if (spans.some((span) => isLeft(span) && wordsIn(text, span).includes(localName))) return true;
    const parts = readParts(stmt);
    if (parts.some((part) => isLeft(part) && mentions(text, part, localName))) return true;
    if (
      isAll(stmt) &&
      parts.some((part) => isLeft(part) && part.kind === "Constant" && part.value === localName)
    ) {
      return true;
    }
  }
  return false;
}

/** The expressions of a statement and everything in them, but for the names that it assigns. */
function readParts(stmt: Stmt): Expr[] {
  const parts = ownExpressions(stmt).flatMap((expr) => [...walkExpression(expr)]);
  if (stmt.kind !== "Assign") return parts;
  const stored = stmt.targets.flatMap(storeTargets);
  return parts.filter((part) => part.kind !== "Name" || !stored.includes(part));
}

function mentions(text: string, part: Expr, name: string): boolean {
  if (part.kind === "Name") return part.id === name;
  if (part.kind === "Lambda") return part.params.some((param) => paramMentions(text, param, name));
  return part.kind === "Opaque" && part.children.length === 0 && wordsIn(text, part).includes(name);
}

function paramMentions(text: string, param: Param, name: string): boolean {
  return param.annotation !== null && wordsIn(text, param.annotation).includes(name);
}

function annotationsOf(stmt: Stmt): readonly Span[] {
  if (stmt.kind === "Assign") return stmt.annotation ? [stmt.annotation] : [];
  if (stmt.kind !== "FunctionDef") return [];
  return [...stmt.params.map((param) => param.annotation), stmt.returns].filter(
    (span): span is Span => span !== null,
  );
}

/** `__all__ = […]`, `__all__ += […]`, `__all__.extend([…])`. */
function isAll(stmt: Stmt): boolean {
  if (stmt.kind === "Assign") return stmt.targets.some((target) => rootName(target) === "__all__");
  if (stmt.kind === "AugAssign") return rootName(stmt.target) === "__all__";
  return stmt.kind === "ExprStmt" && stmt.value.kind === "Call" && rootName(stmt.value.func) === "__all__";
}

function wordsIn(text: string, span: Span): string[] {
  return text.slice(span.start, span.end).match(WORD) ?? [];
}
