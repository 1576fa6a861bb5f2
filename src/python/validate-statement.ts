import type { Span } from "../edit.ts";
import type { SyntaxProblem } from "./parsed-text.ts";
import { hasComment, lineStart, skipTrivia } from "./source.ts";
import type { Expr, ImportFrom, Module, Stmt } from "./syntax.ts";
import { checkArguments, checkDeeply, checkParameters } from "./validate-expression.ts";
import { findLooseBreak } from "./validate-lines.ts";
import { ownExpressions } from "./walk.ts";

/** What is allowed where a statement stands. */
export interface Context {
  readonly text: string;
  readonly inFunction: boolean;
  readonly inClass: boolean;
  readonly inLoop: boolean;
}

/** Makes a problem of a place in the text. */
export function problem(span: Span, message: string): SyntaxProblem {
  return { start: span.start, end: span.end, message: `not valid Python: ${message}` };
}

/** `from __future__` after other code. */
export function checkFuture(module: Module): SyntaxProblem | null {
  const isFuture = (stmt: Stmt) => stmt.kind === "ImportFrom" && stmt.module === "__future__";
  const isText = (stmt: Stmt) => stmt.kind === "ExprStmt" && stmt.value.kind === "Constant";
  const code = module.body.findIndex((stmt, index) => !isFuture(stmt) && !(index === 0 && isText(stmt)));
  const late = module.body.find((stmt, index) => index > code && code >= 0 && isFuture(stmt));
  return late ? problem(late, "imports from __future__ come first") : null;
}

/** A continuation that nothing follows. */
export function checkEnd(text: string, module: Module): SyntaxProblem | null {
  const backslash = text.lastIndexOf("\\");
  const after = module.body.at(-1)?.end ?? 0;
  if (backslash < after || !/^(?:\r\n|\n|\r)?[ \t\f]*$/.test(text.slice(backslash + 1))) return null;
  if (hasComment(text, { start: Math.max(after, lineStart(text, backslash)), end: backslash })) return null;
  return problem({ start: backslash, end: text.length }, "nothing follows this continuation");
}

/** Checks a statement but for the blocks in it. */
export function checkOwn(stmt: Stmt, context: Context): SyntaxProblem | null {
  const message = misplaced(stmt, context) ?? outdated(stmt, context.text) ?? impossible(stmt, context.text);
  if (message !== null) return problem(stmt, message);
  const lineBreak = findLooseBreak(stmt, context.text);
  if (lineBreak) return problem(lineBreak, "the line ends in the middle of a statement");
  return checkParts(stmt, context);
}

function checkParts(stmt: Stmt, context: Context): SyntaxProblem | null {
  const found =
    stmt.kind === "FunctionDef"
      ? checkParameters(stmt.params)
      : stmt.kind === "ClassDef"
        ? checkArguments(stmt.bases)
        : null;
  if (found) return problem(found.at, found.message);
  for (const expr of ownExpressions(stmt)) {
    const wrong = checkDeeply(expr, context);
    if (wrong) return problem(wrong.at, wrong.message);
  }
  return null;
}

/** A statement that is valid, but not here. */
function misplaced(stmt: Stmt, { inFunction, inClass, inLoop }: Context): string | null {
  switch (stmt.kind) {
    case "Return":
      return inFunction ? null : "return outside a function";
    case "Break":
    case "Continue":
      return inLoop ? null : `${stmt.kind.toLowerCase()} outside a loop`;
    case "Scope":
      return stmt.form === "nonlocal" && !inFunction && !inClass ? "nonlocal outside a function" : null;
    case "ImportFrom":
      return stmt.names.length === 0 && (inFunction || inClass)
        ? "a star import inside a function or class"
        : null;
    default:
      return null;
  }
}

/** A statement of Python 2. */
function outdated(stmt: Stmt, text: string): string | null {
  switch (stmt.kind) {
    case "OpaqueStmt":
      return /^(?:print|exec)\b/.exec(text.slice(stmt.start, stmt.start + 6)) ? "a Python 2 statement" : null;
    case "Raise":
      return isBareTuple(stmt.value) ? "a Python 2 raise" : null;
    case "Try":
      return stmt.handlers.some(({ type }) => type && text[skipTrivia(text, type.end)] === ",")
        ? "a Python 2 except clause"
        : null;
    default:
      return null;
  }
}

function isBareTuple(expr: Expr | null): boolean {
  return expr?.kind === "Tuple" && expr.items[0]?.start === expr.start;
}

/** Targets and values that no statement takes. */
function impossible(stmt: Stmt, text: string): string | null {
  switch (stmt.kind) {
    case "Try":
      return stmt.handlers.length + stmt.finalizer.length > 0 ? null : "a try without except or finally";
    case "ImportFrom":
      return hasLooseComma(text, stmt) ? "a trailing comma without parentheses" : null;
    case "ExprStmt":
      return stmt.value.kind === "Starred" ? "a starred expression on its own" : null;
    case "Assign":
      return [...stmt.targets, stmt.value].some((expr) => expr?.kind === "Starred")
        ? "a starred expression on its own"
        : null;
    case "AugAssign":
      return isPlainTarget(stmt.target) ? null : "nothing can be added to this target";
    case "Delete":
      return stmt.targets.every((target) => isPlainTarget(target) || isGroup(target))
        ? null
        : "this cannot be deleted";
    default:
      return null;
  }
}

function isPlainTarget(expr: Expr): boolean {
  return expr.kind === "Name" || expr.kind === "Attribute" || expr.kind === "Subscript";
}

function isGroup(expr: Expr): boolean {
  return expr.kind === "Tuple" || expr.kind === "List";
}

/** `from m import a,` needs parentheses. */
function hasLooseComma(text: string, stmt: ImportFrom): boolean {
  return stmt.names.length > 0 && text[stmt.end - 1] === ",";
}
