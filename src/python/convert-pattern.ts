import { expression } from "./convert-expression.ts";
import type { Cursor } from "./cursor.ts";
import type { Expr, Name, Pattern } from "./syntax.ts";

/** Converts the pattern of a `case`; `case a, b:` has several without brackets, which make a sequence. */
export function casePattern(c: Cursor): Pattern {
  const parts: Pattern[] = [];
  let isSequence = false;
  c.children((type) => {
    if (type === "case_pattern") parts.push(only(c));
    else isSequence ||= type === ",";
  });
  const [first] = parts;
  if (!first) return value(c);
  const { start } = first;
  return isSequence ? { kind: "Sequence", items: parts, start, end: parts.at(-1)?.end ?? start } : first;
}

type Convert = (c: Cursor) => Pattern;

const CONVERTERS: Readonly<Record<string, Convert>> = {
  case_pattern: only,
  _: (c) => ({ kind: "Capture", name: null, ...span(c) }),
  dotted_name: dottedName,
  as_pattern: named,
  union_pattern: (c) => ({ kind: "Or", ...span(c), options: patternsIn(c) }),
  list_pattern: (c) => ({ kind: "Sequence", ...span(c), items: patternsIn(c) }),
  tuple_pattern: group,
  splat_pattern: (c) => ({ kind: "Star", ...span(c), name: nameIn(c) }),
  dict_pattern: mapping,
  class_pattern: ofClass,
};

function pattern(c: Cursor): Pattern {
  return (CONVERTERS[c.type] ?? value)(c);
}

function span(c: Cursor): { start: number; end: number } {
  return { start: c.start, end: c.end };
}

/** A literal; what is none that we can read has a value that nobody knows. */
function value(c: Cursor): Pattern {
  return { kind: "Value", value: expression(c), ...span(c) };
}

const PUNCTUATION = new Set(["(", ")", "[", "]", "{", "}", ",", ":", "|", "=", "as"]);

/** The patterns among the children, in order. A minus stands beside its number, not around it. */
function patternsIn(c: Cursor): Pattern[] {
  const found: Pattern[] = [];
  let minus: number | null = null;
  c.children((type) => {
    if (type === "-") minus = c.start;
    else if (!PUNCTUATION.has(type)) {
      found.push(minus === null ? pattern(c) : negative(c, minus));
      minus = null;
    }
  });
  return found;
}

function negative(c: Cursor, start: number): Pattern {
  const at = { start, end: c.end };
  return { kind: "Value", value: { kind: "Unary", op: "-", operand: expression(c), ...at }, ...at };
}

function only(c: Cursor): Pattern {
  return patternsIn(c)[0] ?? value(c);
}

/** A name binds, a path is looked up. */
function dottedName(c: Cursor): Pattern {
  const path = pathIn(c);
  return path.kind === "Name"
    ? { kind: "Capture", name: path, ...span(c) }
    : { kind: "Value", value: path, ...span(c) };
}

function pathIn(c: Cursor): Expr {
  const { start } = c;
  let path: Expr | null = null;
  c.children((type) => {
    if (type !== "identifier") return;
    path = path ? { kind: "Attribute", value: path, attr: c.slice(), start, end: c.end } : nameAt(c);
  });
  return path ?? expression(c);
}

function nameAt(c: Cursor): Name {
  return { kind: "Name", id: c.slice(), ...span(c) };
}

/** The one identifier among the children; null for `_`. */
function nameIn(c: Cursor): Name | null {
  let name: Name | null = null;
  c.children((type) => {
    if (type === "identifier") name = nameAt(c);
  });
  return name;
}

function named(c: Cursor): Pattern {
  const name = nameIn(c);
  const [inner] = patternsIn(c);
  return name && inner ? { kind: "As", pattern: inner, name, ...span(c) } : value(c);
}

/** Parentheses without a comma only group. */
function group(c: Cursor): Pattern {
  const items = patternsIn(c);
  let hasComma = false;
  c.children((type) => {
    hasComma ||= type === ",";
  });
  const [first] = items;
  return first && !hasComma ? { ...first, ...span(c) } : { kind: "Sequence", items, ...span(c) };
}

function mapping(c: Cursor): Pattern {
  const entries: { key: Expr; value: Pattern }[] = [];
  let [key, minus, rest]: [Expr | null, number | null, Name | null] = [null, null, null];
  c.children((type) => {
    if (type === "-") minus = c.start;
    else if (type === "splat_pattern") rest = nameIn(c);
    else if (c.field === "key") {
      key = keyAt(c, minus);
      minus = null;
    } else if (c.field === "value" && key) entries.push({ key, value: pattern(c) });
  });
  return { kind: "Mapping", entries, rest, ...span(c) };
}

function keyAt(c: Cursor, minus: number | null): Expr {
  const key = c.type === "dotted_name" ? pathIn(c) : expression(c);
  return minus === null ? key : { kind: "Unary", op: "-", operand: key, start: minus, end: key.end };
}

function ofClass(c: Cursor): Pattern {
  const args: Pattern[] = [];
  const byName: { name: string; value: Pattern }[] = [];
  let type: Expr | null = null;
  const argument = () => {
    c.children((part) => {
      if (part === "keyword_pattern") byName.push(keyword(c));
    });
  };
  c.children((part) => {
    if (part === "dotted_name") type ??= pathIn(c);
    else if (part === "case_pattern") {
      const before = byName.length;
      argument();
      if (byName.length === before) args.push(only(c));
    }
  });
  return { kind: "Class", type: type ?? expression(c), args, named: byName, ...span(c) };
}

function keyword(c: Cursor): { name: string; value: Pattern } {
  const name = nameIn(c)?.id ?? "";
  // The first child is the name itself.
  return { name, value: patternsIn(c)[1] ?? value(c) };
}
