import { argumentList, expression, parameters } from "./convert-expression.ts";
import { casePattern } from "./convert-pattern.ts";
import type { Cursor, Place } from "./cursor.ts";
import type {
  Argument,
  ClassDef,
  Expr,
  FunctionDef,
  Handler,
  ImportedName,
  MatchCase,
  Module,
  Param,
  Simple,
  Stmt,
} from "./syntax.ts";

/** Converts a parsed file. Function bodies follow when they are first looked at. */
export function convertModule(root: Place, text: string): Module {
  const cursor = root.open();
  const body = block(cursor);
  cursor.close();
  return { kind: "Module", body, start: 0, end: text.length };
}

type Convert = (c: Cursor) => Stmt;

const CONVERTERS: Readonly<Record<string, Convert>> = {
  expression_statement: expressionStatement,
  return_statement: (c) => ({ kind: "Return", ...span(c), value: operandsOf(c, "return")[0] ?? null }),
  if_statement: ifStatement,
  for_statement: forStatement,
  while_statement: whileStatement,
  with_statement: withStatement,
  try_statement: tryStatement,
  match_statement: matchStatement,
  function_definition: (c) => functionDefinition(c, c.start, []),
  class_definition: (c) => classDefinition(c, c.start, []),
  decorated_definition: decorated,
  import_statement: (c) => ({ kind: "Import", ...span(c), names: importedNames(c).names }),
  import_from_statement: (c) => {
    const { module, level, names } = importedNames(c);
    return { kind: "ImportFrom", ...span(c), module, level, names };
  },
  future_import_statement: (c) => ({
    kind: "ImportFrom",
    ...span(c),
    module: "__future__",
    level: 0,
    names: importedNames(c).names,
  }),
  raise_statement: (c) => ({ kind: "Raise", ...span(c), value: operandsOf(c, "raise")[0] ?? null }),
  assert_statement: (c) => {
    const at = span(c);
    const [test, message] = operandsOf(c, "assert");
    return test ? { kind: "Assert", ...at, test, message: message ?? null } : { kind: "OpaqueStmt", ...at };
  },
  delete_statement: (c) => {
    const targets = operandsOf(c, "del");
    return {
      kind: "Delete",
      ...span(c),
      targets: targets.flatMap((t) => (t.kind === "Tuple" ? t.items : [t])),
    };
  },
  global_statement: (c) => scope(c, "global"),
  nonlocal_statement: (c) => scope(c, "nonlocal"),
  pass_statement: (c) => simple(c, "Pass"),
  break_statement: (c) => simple(c, "Break"),
  continue_statement: (c) => simple(c, "Continue"),
};

function span(c: Cursor): { start: number; end: number } {
  return { start: c.start, end: c.end };
}

function simple(c: Cursor, kind: Simple["kind"]): Stmt {
  return { kind, ...span(c) };
}

function scope(c: Cursor, form: "global" | "nonlocal"): Stmt {
  const names = operandsOf(c, form).flatMap((name) => (name.kind === "Name" ? [name.id] : []));
  return { kind: "Scope", form, names, ...span(c) };
}

/** The statements among the children of a block or module. */
function block(c: Cursor): Stmt[] {
  const body: Stmt[] = [];
  c.children((type) => {
    if (type !== ";" && type !== ":") body.push(statement(c, type));
  });
  return body;
}

function statement(c: Cursor, type: string): Stmt {
  const convert = CONVERTERS[type];
  return convert ? convert(c) : { kind: "OpaqueStmt", ...span(c) };
}

/** The expressions of a keyword statement; `raise X from Y` gives both. */
function operandsOf(c: Cursor, keyword: string): Expr[] {
  const found: Expr[] = [];
  c.children((type) => {
    if (type !== keyword && type !== "," && type !== "from") found.push(expression(c));
  });
  return found;
}

function expressionStatement(c: Cursor): Stmt {
  const at = span(c);
  let stmt: Stmt | null = null;
  const loose: Expr[] = [];
  c.children((type) => {
    if (type === "assignment") stmt = assignment(c, at);
    else if (type === "augmented_assignment") stmt = augmented(c, at);
    else if (type !== ",") loose.push(expression(c));
  });
  const [only] = loose;
  if (stmt) return stmt;
  if (only && loose.length === 1) return { kind: "ExprStmt", value: only, ...at };
  return { kind: "ExprStmt", value: { kind: "Tuple", items: loose, ...at }, ...at };
}

/** `a = b = value` comes as nested assignments. */
function assignment(c: Cursor, at: { start: number; end: number }): Stmt {
  const targets: Expr[] = [];
  let value: Expr | null = null;
  let annotation: { start: number; end: number } | null = null;
  const visit = () => {
    c.children((type) => {
      const { field } = c;
      if (field === "left") targets.push(expression(c));
      else if (field === "type") annotation = span(c);
      else if (field === "right" && type === "assignment") visit();
      else if (field === "right") value = expression(c);
    });
  };
  visit();
  return { kind: "Assign", targets, value, annotation, ...at };
}

function augmented(c: Cursor, at: { start: number; end: number }): Stmt {
  let target: Expr | null = null;
  let value: Expr | null = null;
  let op = "";
  c.children((type) => {
    const { field } = c;
    if (field === "left") target = expression(c);
    else if (field === "right") value = expression(c);
    else if (field === "operator") op = type.slice(0, -1);
  });
  return target && value ? { kind: "AugAssign", target, op, value, ...at } : { kind: "OpaqueStmt", ...at };
}

/** `elif` becomes an `If` that is alone in the `orelse` of the one before. */
function ifStatement(c: Cursor): Stmt {
  const at = span(c);
  const arms: { start: number; test: Expr | null; body: Stmt[] }[] = [
    { start: at.start, test: null, body: [] },
  ];
  let orelse: readonly Stmt[] = [];
  const visit = (type: string) => {
    const arm = arms.at(-1);
    const { field } = c;
    if (arm && field === "condition") arm.test = expression(c);
    else if (arm && field === "consequence") arm.body = block(c);
    else if (type === "else_clause") orelse = clauseBody(c);
    else if (type === "elif_clause") {
      arms.push({ start: c.start, test: null, body: [] });
      c.children(visit);
    }
  };
  c.children(visit);
  for (const { start, test, body } of arms.reverse()) {
    if (!test) return { kind: "OpaqueStmt", ...at };
    orelse = [{ kind: "If", test, body, orelse, start, end: at.end }];
  }
  return orelse[0] ?? { kind: "OpaqueStmt", ...at };
}

/** The block of an `else`, `finally` or `except` clause. */
function clauseBody(c: Cursor): Stmt[] {
  let body: Stmt[] = [];
  c.children((type) => {
    if (type === "block") body = block(c);
  });
  return body;
}

function forStatement(c: Cursor): Stmt {
  const at = span(c);
  let target: Expr | null = null;
  let iter: Expr | null = null;
  let body: Stmt[] = [];
  let orelse: Stmt[] = [];
  c.children((type) => {
    const { field } = c;
    if (field === "left") target = expression(c);
    else if (field === "right") iter = expression(c);
    else if (type === "block") body = block(c);
    else if (type === "else_clause") orelse = clauseBody(c);
  });
  if (!target || !iter) return { kind: "OpaqueStmt", ...at };
  return { kind: "For", target, iter, body, orelse, ...at };
}

function whileStatement(c: Cursor): Stmt {
  const at = span(c);
  let test: Expr | null = null;
  let body: Stmt[] = [];
  let orelse: Stmt[] = [];
  c.children((type) => {
    if (c.field === "condition") test = expression(c);
    else if (type === "block") body = block(c);
    else if (type === "else_clause") orelse = clauseBody(c);
  });
  return test ? { kind: "While", test, body, orelse, ...at } : { kind: "OpaqueStmt", ...at };
}

function withStatement(c: Cursor): Stmt {
  const at = span(c);
  const items: { value: Expr; target: Expr | null }[] = [];
  let body: Stmt[] = [];
  const readItem = () => {
    c.children((type) => {
      if (type === "as_pattern") items.push(asPattern(c));
      else items.push({ value: expression(c), target: null });
    });
  };
  c.children((type) => {
    if (type === "block") body = block(c);
    if (type !== "with_clause") return;
    c.children((part) => {
      if (part === "with_item") readItem();
    });
  });
  return { kind: "With", items, body, ...at };
}

function asPattern(c: Cursor): { value: Expr; target: Expr | null } {
  const at = span(c);
  let value: Expr | null = null;
  let target: Expr | null = null;
  c.children((type) => {
    if (type === "as_pattern_target") {
      c.children(() => {
        target = expression(c);
      });
    } else if (type !== "as") value ??= expression(c);
  });
  return { value: value ?? { kind: "Opaque", children: [], ...at }, target };
}

function tryStatement(c: Cursor): Stmt {
  const at = span(c);
  let body: Stmt[] = [];
  let orelse: Stmt[] = [];
  let finalizer: Stmt[] = [];
  const handlers: Handler[] = [];
  c.children((type) => {
    if (type === "block") body = block(c);
    else if (type.startsWith("except")) handlers.push(handler(c));
    else if (type === "else_clause") orelse = clauseBody(c);
    else if (type === "finally_clause") finalizer = clauseBody(c);
  });
  return { kind: "Try", body, handlers, orelse, finalizer, ...at };
}

function handler(c: Cursor): Handler {
  let type: Expr | null = null;
  let name: string | null = null;
  let body: Stmt[] = [];
  c.children((part) => {
    if (part === "block") body = block(c);
    else if (part === "as_pattern") {
      const { value, target } = asPattern(c);
      type = value;
      name = target?.kind === "Name" ? target.id : null;
    } else if (!["except", "except*", ":", "*", ","].includes(part)) type ??= expression(c);
  });
  return { type, name, body };
}

/** `match a, b:` looks at a tuple, and so does `match a,:`. */
function matchStatement(c: Cursor): Stmt {
  const at = span(c);
  const subjects: Expr[] = [];
  const cases: MatchCase[] = [];
  let isTuple = false;
  c.children((type) => {
    if (c.field === "subject") subjects.push(expression(c));
    else if (type === ",") isTuple = true;
    else if (type === "block")
      c.children((part) => {
        if (part === "case_clause") cases.push(matchCase(c));
      });
  });
  const [first] = subjects;
  if (!first) return { kind: "OpaqueStmt", ...at };
  const end = subjects.at(-1)?.end ?? first.end;
  const subject: Expr = isTuple ? { kind: "Tuple", items: subjects, start: first.start, end } : first;
  return { kind: "Match", subject, cases, ...at };
}

function matchCase(c: Cursor): MatchCase {
  const at = span(c);
  let guard: Expr | null = null;
  let body: Stmt[] = [];
  const pattern = casePattern(c);
  c.children((type) => {
    if (type === "if_clause") guard = operandsOf(c, "if")[0] ?? null;
    else if (type === "block") body = block(c);
  });
  return { pattern, guard, body, ...at };
}

function decorated(c: Cursor): Stmt {
  const at = span(c);
  const decorators: Expr[] = [];
  let stmt: Stmt = { kind: "OpaqueStmt", ...at };
  c.children((type) => {
    if (type === "decorator") decorators.push(...operandsOf(c, "@"));
    else if (type === "function_definition") stmt = functionDefinition(c, at.start, decorators);
    else if (type === "class_definition") stmt = classDefinition(c, at.start, decorators);
  });
  return stmt;
}

function functionDefinition(c: Cursor, start: number, decorators: readonly Expr[]): FunctionDef {
  let name = "";
  let params: Param[] = [];
  let returns: { start: number; end: number } | null = null;
  let bodyPlace: Place | null = null;
  let isAsync = false;
  const { end } = c;
  c.children((type) => {
    if (type === "identifier") name = c.slice();
    else if (type === "parameters") params = parameters(c);
    else if (type === "type") returns = span(c);
    else if (type === "block") bodyPlace = c.place();
    else if (type === "async") isAsync = true;
  });
  return lazyFunction({ name, params, decorators, returns, start, end, isAsync }, bodyPlace);
}

type FunctionHead = Pick<
  FunctionDef,
  "name" | "params" | "decorators" | "returns" | "start" | "end" | "isAsync"
>;

function lazyFunction(head: FunctionHead, place: Place | null): FunctionDef {
  let body: readonly Stmt[] | null = null;
  const headerEnd = place?.start ?? head.end;
  return {
    kind: "FunctionDef",
    ...head,
    header: { start: head.start, end: headerEnd },
    get body() {
      body ??= place ? convertBlock(place) : [];
      return body;
    },
  };
}

function convertBlock(place: Place): Stmt[] {
  const cursor = place.open();
  try {
    return block(cursor);
  } catch (error) {
    // Nested too deep for us, as most of it would be for CPython: a body that is not followed.
    if (!(error instanceof RangeError)) throw error;
    return [{ kind: "OpaqueStmt", start: place.start, end: place.end }];
  } finally {
    cursor.close();
  }
}

function classDefinition(c: Cursor, start: number, decorators: readonly Expr[]): ClassDef {
  let name = "";
  let bases: Argument[] = [];
  let body: Stmt[] = [];
  const { end } = c;
  c.children((type) => {
    if (type === "identifier") name = c.slice();
    else if (type === "argument_list") bases = argumentList(c);
    else if (type === "block") body = block(c);
  });
  return { kind: "ClassDef", name, bases, decorators, body, start, end };
}

function importedNames(c: Cursor): { module: string; level: number; names: ImportedName[] } {
  let module = "";
  let level = 0;
  const names: ImportedName[] = [];
  c.children((type) => {
    const { field } = c;
    if (field === "module_name") {
      const text = c.slice().replace(/\s+/g, "");
      module = text.replace(/^\.+/, "");
      level = text.length - module.length;
    } else if (field === "name" && type === "aliased_import") {
      const [name, alias] = c.slice().split(/\s+as\s+/);
      names.push({ name: (name ?? "").replace(/\s+/g, ""), alias: alias?.trim() ?? null, ...span(c) });
    } else if (field === "name") names.push({ name: c.slice().replace(/\s+/g, ""), alias: null, ...span(c) });
  });
  return { module, level, names };
}
