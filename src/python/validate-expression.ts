import type { Span } from "../edit.ts";
import { skipTrivia } from "./source.ts";
import type { Argument, Expr, Param } from "./syntax.ts";
import { childExpressions } from "./walk.ts";

interface Wrong {
  readonly at: Span;
  readonly message: string;
}

interface Context {
  readonly text: string;
  readonly inFunction: boolean;
}

/** What is wrong with an expression or a part of it; a lambda is a function like any other. */
export function checkDeeply(expr: Expr, context: Context): Wrong | null {
  const found = checkExpression(expr, context);
  if (found) return found;
  const inner = expr.kind === "Lambda" ? { ...context, inFunction: true } : context;
  for (const child of childExpressions(expr)) {
    const wrong = checkDeeply(child, inner);
    if (wrong) return wrong;
  }
  return null;
}

function checkExpression(expr: Expr, context: Context): Wrong | null {
  const { text, inFunction } = context;
  switch (expr.kind) {
    case "Call":
      return checkArguments(expr.args);
    case "Lambda":
      return checkParameters(expr.params);
    case "Compare":
      return expr.rest.some((part) => part.op === "<>") ? { at: expr, message: "a Python 2 operator" } : null;
    case "Comprehension":
      return expr.clauses.some((clause) => text[skipTrivia(text, clause.iter.end)] === ",")
        ? { at: expr, message: "a comprehension over several values without parentheses" }
        : null;
    case "Constant":
      return typeof expr.value === "number" ? checkNumber(text, expr) : null;
    case "Opaque":
      return checkOpaque(text.slice(expr.start, expr.end), expr, { inFunction });
    default:
      return null;
  }
}

function checkNumber(text: string, at: Span): Wrong | null {
  const digits = text.slice(at.start, at.end).replace(/[()\s]/g, "");
  if (/^0[\d_]*[1-9][\d_]*$/.test(digits)) return { at, message: "a number with leading zeros" };
  return /_$|__/.test(digits) ? { at, message: "a misplaced underscore in a number" } : null;
}

function checkOpaque(source: string, at: Span, { inFunction }: { inFunction: boolean }): Wrong | null {
  if (source.startsWith("`")) return { at, message: "a Python 2 expression" };
  if (/^\d\w*[lL]$/.test(source)) return { at, message: "a Python 2 number" };
  const keyword = /^\(?(?:await|yield)\b/.exec(source);
  return keyword && !inFunction ? { at, message: `${keyword[0]} outside a function` } : null;
}

/** Arguments in an order that no call takes, or a keyword given twice. */
export function checkArguments(args: readonly Argument[]): Wrong | null {
  const keywords = new Set<string>();
  let [afterKeyword, afterSpread] = [false, false];
  for (const arg of args) {
    if (arg.kind === "positional" && (afterKeyword || afterSpread))
      return { at: arg, message: "a positional argument after a keyword" };
    if (arg.kind === "star" && afterSpread)
      return { at: arg, message: "a star argument after a double star" };
    if (arg.name !== null && keywords.has(arg.name))
      return { at: arg, message: `the keyword ${arg.name} is repeated` };
    if (arg.name !== null) keywords.add(arg.name);
    afterKeyword ||= arg.kind === "keyword";
    afterSpread ||= arg.kind === "doubleStar";
  }
  return null;
}

/** Parameters in an order that no function takes, or a name given twice. */
export function checkParameters(params: readonly Param[]): Wrong | null {
  const names = new Set<string>();
  let [hasDefault, hasStar, isOver] = [false, false, false];
  for (const param of params) {
    if (isOver) return { at: param, message: "a parameter after the last one" };
    if (param.name !== "" && names.has(param.name))
      return { at: param, message: `the parameter ${param.name} is repeated` };
    if (param.form === "star" && hasStar) return { at: param, message: "a second star parameter" };
    const needsDefault = param.form === "normal" && !param.keywordOnly && hasDefault;
    if (needsDefault && !param.default)
      return { at: param, message: "a parameter without default after one with it" };
    names.add(param.name);
    hasDefault ||= param.form === "normal" && !param.keywordOnly && param.default !== null;
    hasStar ||= param.form === "star" || param.keywordOnly;
    isOver = param.form === "doubleStar";
  }
  return null;
}
