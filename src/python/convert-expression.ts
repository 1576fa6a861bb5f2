import type { Cursor } from "./cursor.ts";
import { readNumber, readString, unescapeString } from "./literals.ts";
import type {
  Argument,
  Comprehension,
  ComprehensionClause,
  Dict,
  DictEntry,
  Expr,
  OpaqueExpr,
  Param,
  Sequence,
} from "./syntax.ts";

const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
const PUNCTUATION = new Set(["(", ")", "[", "]", "{", "}", ",", ":", "=", "."]);

type Convert = (cursor: Cursor) => Expr;

/** Converts the node under the cursor, which must be an expression. */
export function expression(cursor: Cursor): Expr {
  const convert = CONVERTERS[cursor.type];
  return convert ? convert(cursor) : opaque(cursor);
}

const CONVERTERS: Readonly<Record<string, Convert>> = {
  identifier: (c) => ({ kind: "Name", id: c.slice(), start: c.start, end: c.end }),
  attribute,
  integer: number,
  float: number,
  true: (c) => ({ kind: "Constant", value: true, start: c.start, end: c.end }),
  false: (c) => ({ kind: "Constant", value: false, start: c.start, end: c.end }),
  none: (c) => ({ kind: "Constant", value: null, start: c.start, end: c.end }),
  string,
  concatenated_string: concatenated,
  call,
  list: (c) => sequence(c, "List"),
  tuple: (c) => sequence(c, "Tuple"),
  set: (c) => sequence(c, "Set"),
  expression_list: (c) => sequence(c, "Tuple"),
  pattern_list: (c) => sequence(c, "Tuple"),
  tuple_pattern: (c) => sequence(c, "Tuple"),
  list_pattern: (c) => sequence(c, "List"),
  dictionary,
  parenthesized_expression: parenthesized,
  binary_operator: (c) => {
    const { left, op, right } = operands(c);
    return { kind: "Binary", op, left, right, start: c.start, end: c.end };
  },
  boolean_operator: (c) => {
    const { left, op, right } = operands(c);
    return { kind: "BoolOp", op: op === "or" ? "or" : "and", left, right, start: c.start, end: c.end };
  },
  unary_operator: unary,
  not_operator: unary,
  comparison_operator: comparison,
  conditional_expression: conditional,
  subscript,
  slice,
  list_splat: starred,
  list_splat_pattern: starred,
  named_expression: named,
  lambda,
  list_comprehension: (c) => comprehension(c, "list"),
  set_comprehension: (c) => comprehension(c, "set"),
  dictionary_comprehension: (c) => comprehension(c, "dict"),
  generator_expression: (c) => comprehension(c, "generator"),
};

/** Whether a node is converted from its text alone, so that nobody looks below it. */
export function isToldByText(type: string, text: string): boolean {
  if (type === "attribute") return DOTTED.test(text);
  if (type === "string") return !isFormatted(prefixOf(text));
  // Of an annotation, only the place counts.
  return type === "type" || type === "identifier" || type === "integer" || type === "float";
}

function opaque(c: Cursor): OpaqueExpr {
  const { start, end } = c;
  const children: Expr[] = [];
  c.children((type) => {
    if (!PUNCTUATION.has(type) && type in CONVERTERS) children.push(expression(c));
  });
  return { kind: "Opaque", children, start, end };
}

/** The expressions among the children, in order. */
function expressions(c: Cursor): Expr[] {
  const found: Expr[] = [];
  c.children((type) => {
    if (!PUNCTUATION.has(type)) found.push(expression(c));
  });
  return found;
}

function attribute(c: Cursor): Expr {
  const { start, end } = c;
  const text = c.slice();
  if (DOTTED.test(text)) return dotted(text, start);
  let value: Expr | null = null;
  let attr = "";
  c.children((type) => {
    if (type === ".") return;
    if (value === null) value = expression(c);
    else attr = c.slice();
  });
  return { kind: "Attribute", value: value ?? opaque(c), attr, start, end };
}

/** `a.b.c` without descending into the tree: most nodes of a recipe are of this shape. */
function dotted(text: string, start: number): Expr {
  const parts = text.split(".");
  let at = start + (parts[0] ?? "").length;
  let value: Expr = { kind: "Name", id: parts[0] ?? "", start, end: at };
  for (const attr of parts.slice(1)) {
    at += 1 + attr.length;
    value = { kind: "Attribute", value, attr, start, end: at };
  }
  return value;
}

function number(c: Cursor): Expr {
  const read = readNumber(c.slice());
  if (read === null) return { kind: "Opaque", children: [], start: c.start, end: c.end };
  const { value, float } = read;
  return { kind: "Constant", value, ...(float && { float }), start: c.start, end: c.end };
}

function string(c: Cursor): Expr {
  const { start, end } = c;
  const text = c.slice();
  const prefix = prefixOf(text);
  if (isFormatted(prefix)) return joined(c, prefix);
  const literal = readString(text);
  if (literal === null) return { kind: "Opaque", children: [], start, end };
  return { kind: "Constant", value: literal.value, start, end };
}

function prefixOf(text: string): string {
  return /^[a-zA-Z]*/.exec(text)?.[0].toLowerCase() ?? "";
}

/** Whether a string may hold expressions: an f-string or a template. */
function isFormatted(prefix: string): boolean {
  return prefix.includes("f") || prefix.includes("t");
}

function joined(c: Cursor, prefix: string): Expr {
  const { start, end } = c;
  const parts: (string | Expr)[] = [];
  let plain = !prefix.includes("t");
  c.children((type) => {
    if (type === "string_content") {
      const value = unescapeString(
        c.slice().replaceAll("{{", "{").replaceAll("}}", "}"),
        prefix.includes("r"),
      );
      plain &&= value !== null;
      parts.push(value ?? "");
    } else if (type === "interpolation") {
      const found = expressions(c);
      // `{x=}` shows the expression, too.
      plain &&= found.length === 1 && !/=\s*\}$/.test(c.slice());
      parts.push(...found);
    }
  });
  const children = parts.filter((part): part is Expr => typeof part !== "string");
  return plain ? { kind: "JoinedStr", parts, start, end } : { kind: "Opaque", children, start, end };
}

function concatenated(c: Cursor): Expr {
  const { start, end } = c;
  const parts: (string | Expr)[] = [];
  let plain = true;
  for (const part of expressions(c)) {
    if (part.kind === "Constant" && typeof part.value === "string") parts.push(part.value);
    else if (part.kind === "JoinedStr") parts.push(...part.parts);
    else plain = false;
  }
  if (!plain) return { kind: "Opaque", children: [], start, end };
  const allText = parts.every((part) => typeof part === "string");
  return allText
    ? { kind: "Constant", value: parts.join(""), start, end }
    : { kind: "JoinedStr", parts, start, end };
}

function call(c: Cursor): Expr {
  const { start, end } = c;
  let func: Expr | null = null;
  let args: Argument[] = [];
  let argsSpan = { start: end, end };
  c.children((type) => {
    if (func === null) func = expression(c);
    else if (type === "argument_list") {
      argsSpan = { start: c.start, end: c.end };
      args = argumentList(c);
    } else {
      // `f(x for x in y)`: the generator brings the parentheses.
      argsSpan = { start: c.start, end: c.end };
      args = [{ kind: "positional", name: null, value: expression(c), ...argsSpan }];
    }
  });
  return { kind: "Call", func: func ?? opaque(c), args, argsSpan, start, end };
}

export function argumentList(c: Cursor): Argument[] {
  const args: Argument[] = [];
  c.children((type) => {
    if (!PUNCTUATION.has(type)) args.push(argument(c, type));
  });
  return args;
}

function argument(c: Cursor, type: string): Argument {
  const { start, end } = c;
  if (type === "keyword_argument") {
    const [name, value] = expressions(c);
    if (name?.kind === "Name" && value) return { kind: "keyword", name: name.id, value, start, end };
  }
  if (type === "list_splat" || type === "dictionary_splat") {
    const value = inner(c);
    return { kind: type === "list_splat" ? "star" : "doubleStar", name: null, value, start, end };
  }
  return { kind: "positional", name: null, value: expression(c), start, end };
}

/** The one expression inside a node, such as a splat's. */
function inner(c: Cursor): Expr {
  let found: Expr | null = null;
  c.children((type) => {
    if (type in CONVERTERS) found = expression(c);
    else if (type !== "*" && type !== "**") found ??= opaque(c);
  });
  return found ?? { kind: "Opaque", children: [], start: c.start, end: c.end };
}

function sequence(c: Cursor, kind: Sequence["kind"]): Expr {
  const { start, end } = c;
  return { kind, items: expressions(c).map(starOutside), start, end };
}

/** The grammar takes the star of `[*a.b()]` for one of `a` alone. */
function starOutside(expr: Expr): Expr {
  const value = withoutStar(expr);
  return value ? { kind: "Starred", value, start: expr.start, end: expr.end } : expr;
}

/** `a.b()` of `*a.b()`; null where no star stands in front. */
function withoutStar(expr: Expr): Expr | null {
  if (expr.kind === "Starred") return expr.value;
  if (expr.kind === "Attribute" || expr.kind === "Subscript") {
    const value = withoutStar(expr.value);
    return value && { ...expr, value, start: value.start };
  }
  if (expr.kind === "Call") {
    const func = withoutStar(expr.func);
    return func && { ...expr, func, start: func.start };
  }
  if (expr.kind !== "Binary" && expr.kind !== "BoolOp") return null;
  const left = withoutStar(expr.left);
  return left && { ...expr, left, start: left.start };
}

function dictionary(c: Cursor): Dict {
  const { start, end } = c;
  const entries: DictEntry[] = [];
  c.children((type) => {
    if (type === "pair") {
      const span = { start: c.start, end: c.end };
      const [key, value] = expressions(c);
      if (key && value) entries.push({ key, value, ...span });
    } else if (type === "dictionary_splat") {
      entries.push({ key: null, start: c.start, end: c.end, value: inner(c) });
    }
  });
  return { kind: "Dict", entries, start, end };
}

/** Keeps the parentheses in the span: a value that goes elsewhere needs them. */
function parenthesized(c: Cursor): Expr {
  const { start, end } = c;
  const [value] = expressions(c);
  return value ? { ...value, start, end } : { kind: "Opaque", children: [], start, end };
}

function operands(c: Cursor): { left: Expr; op: string; right: Expr } {
  const found: Expr[] = [];
  let op = "";
  c.children((type) => {
    if (c.field === "operator") op = type;
    else found.push(expression(c));
  });
  const [left, right] = found;
  return { left: left ?? opaque(c), op, right: right ?? opaque(c) };
}

function unary(c: Cursor): Expr {
  const { start, end } = c;
  let op = "";
  let operand: Expr | null = null;
  c.children((type) => {
    if (op === "") op = type;
    else operand = expression(c);
  });
  return { kind: "Unary", op, operand: operand ?? opaque(c), start, end };
}

function comparison(c: Cursor): Expr {
  const { start, end } = c;
  let first: Expr | null = null;
  let op = "";
  const rest: { op: string; value: Expr }[] = [];
  c.children((type) => {
    if (c.field === "operators") op = op === "" ? c.slice().replace(/\s+/g, " ") : `${op} ${type}`;
    else if (first === null) first = expression(c);
    else {
      rest.push({ op, value: expression(c) });
      op = "";
    }
  });
  return { kind: "Compare", first: first ?? opaque(c), rest, start, end };
}

function conditional(c: Cursor): Expr {
  const { start, end } = c;
  const found: Expr[] = [];
  c.children((type) => {
    if (type !== "if" && type !== "else") found.push(expression(c));
  });
  const [then, test, otherwise] = found;
  if (!then || !test || !otherwise) return { kind: "Opaque", children: found, start, end };
  return { kind: "Conditional", then, test, otherwise, start, end };
}

function subscript(c: Cursor): Expr {
  const { start, end } = c;
  const [value, ...indices] = expressions(c);
  const [only] = indices;
  if (!value || !only) return { kind: "Opaque", children: [], start, end };
  const index: Expr =
    indices.length === 1
      ? only
      : { kind: "Tuple", items: indices, start: only.start, end: indices.at(-1)?.end ?? end };
  return { kind: "Subscript", value, index, start, end };
}

function slice(c: Cursor): Expr {
  const { start, end } = c;
  const parts: (Expr | null)[] = [null];
  c.children((type) => {
    if (type === ":") parts.push(null);
    else parts[parts.length - 1] = expression(c);
  });
  return { kind: "Slice", parts, start, end };
}

function starred(c: Cursor): Expr {
  const { start, end } = c;
  return { kind: "Starred", value: inner(c), start, end };
}

function named(c: Cursor): Expr {
  const { start, end } = c;
  const found: Expr[] = [];
  c.children((type) => {
    if (type !== ":=") found.push(expression(c));
  });
  const [target, value] = found;
  if (target?.kind !== "Name" || !value) return { kind: "Opaque", children: found, start, end };
  return { kind: "NamedExpr", target, value, start, end };
}

function lambda(c: Cursor): Expr {
  const { start, end } = c;
  let params: Param[] = [];
  let value: Expr | null = null;
  c.children((type) => {
    if (type === "lambda_parameters") params = parameters(c);
    else if (c.field === "body") value = expression(c);
  });
  return { kind: "Lambda", params, value: value ?? opaque(c), start, end };
}

function comprehension(c: Cursor, form: Comprehension["form"]): Expr {
  const { start, end } = c;
  let key: Expr | null = null;
  let value: Expr | null = null;
  let isAsync = false;
  const clauses: (ComprehensionClause & { tests: Expr[] })[] = [];
  c.children((type) => {
    if (type === "for_in_clause") {
      const found: Expr[] = [];
      c.children((part) => {
        isAsync ||= part === "async";
        if (part !== "for" && part !== "in" && part !== "async" && part !== ",") found.push(expression(c));
      });
      const [target, iter] = found;
      if (target && iter) clauses.push({ target, iter, tests: [] });
    } else if (type === "if_clause") {
      c.children((part) => {
        if (part !== "if") clauses.at(-1)?.tests.push(expression(c));
      });
    } else if (type === "pair") [key, value] = expressions(c) as [Expr, Expr];
    else if (!PUNCTUATION.has(type)) value = expression(c);
  });
  if (value === null || isAsync) return { kind: "Opaque", children: [], start, end };
  return { kind: "Comprehension", form, key, value, clauses, start, end };
}

/** The parameters of a function or lambda; `/` and a bare `*` only set what follows. */
export function parameters(c: Cursor): Param[] {
  const params: Param[] = [];
  let keywordOnly = false;
  c.children((type) => {
    if (type === "keyword_separator") keywordOnly = true;
    if (PUNCTUATION.has(type) || type === "keyword_separator" || type === "positional_separator") return;
    const param = parameter(c, type, keywordOnly);
    if (param.form === "star") keywordOnly = true;
    params.push(param);
  });
  return params;
}

function parameter(c: Cursor, type: string, keywordOnly: boolean): Param {
  const { start, end } = c;
  let name = type === "identifier" ? c.slice() : "";
  let form: Param["form"] = type.startsWith("list_splat")
    ? "star"
    : type.startsWith("dictionary_splat")
      ? "doubleStar"
      : "normal";
  let annotation: Param["annotation"] = null;
  let fallback: Expr | null = null;
  c.children((part) => {
    if (part === "list_splat_pattern" || part === "dictionary_splat_pattern") {
      form = part === "list_splat_pattern" ? "star" : "doubleStar";
      name = c.slice().replace(/^\*+\s*/, "");
    } else if (part === "type") annotation = { start: c.start, end: c.end };
    else if (c.field === "value") fallback = expression(c);
    else if (part === "identifier" && name === "") name = c.slice();
  });
  return { name, form, keywordOnly, annotation, default: fallback, start, end };
}
