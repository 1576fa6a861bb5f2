import type { Call, Comprehension, Dict, Expr, Subscript } from "../python/syntax.ts";
import { itemsOf } from "./builtin-methods.ts";
import { PythonError, type CallPlace, type Machine } from "./machine.ts";
import { bindName, lookup } from "./names.ts";
import { binary, compare, derived, truth, unary } from "./operators.ts";
import { assign } from "./assignment.ts";
import { chooseEither } from "./either.ts";
import {
  mergeDict,
  shadow,
  constant,
  FALSE,
  identity,
  symbol,
  TRUE,
  unknown,
  type ArgumentValue,
  type DictValue,
  type Environment,
  type Site,
  type Value,
} from "./value.ts";

/** The value of an expression. */
export function evaluate(m: Machine, expr: Expr, env: Environment): Value {
  switch (expr.kind) {
    case "Constant":
      return constant(expr.value);
    case "Name":
      return lookup(m, env, expr.id) ?? unknown(expr.id, `${scopeOf(env)}:${expr.id}`);
    case "Attribute":
      return m.getAttribute(m.evaluate(expr.value, env), expr.attr);
    case "Call":
      return evaluateCall(m, expr, env);
    case "List":
    case "Tuple":
    case "Set":
      return evaluateSequence(m, expr, env);
    case "Dict":
      return evaluateDict(m, expr, env);
    case "Unary":
      return unary(expr.op, m.evaluate(expr.operand, env));
    case "Binary":
      return binary(expr.op, m.evaluate(expr.left, env), m.evaluate(expr.right, env));
    case "BoolOp":
      return evaluateBoolean(m, expr, env);
    case "Compare":
      return evaluateComparison(m, expr, env);
    case "Conditional":
      return evaluateConditional(m, expr, env);
    case "Subscript":
      return evaluateSubscript(m, expr, env);
    case "JoinedStr":
      return evaluateJoined(m, expr.parts, env);
    case "NamedExpr": {
      const value = m.evaluate(expr.value, env);
      bindName(m, env, expr.target.id, value);
      return value;
    }
    case "Lambda": {
      const scope = env.isModule ? null : env;
      const path = `${scopeOf(env)}.<lambda:${textOf(env, expr)}>`;
      return { kind: "function", def: expr, name: "<lambda>", path, module: env.module, scope, owner: null };
    }
    case "Comprehension":
      return evaluateComprehension(m, expr, env);
    default:
      return unknown(textOf(env, expr), `${scopeOf(env)}:${textOf(env, expr)}`);
  }
}

export function scopeOf(env: Environment): string {
  return env.func?.path ?? env.module.name;
}

/** The expression as written, on one line. */
export function textOf(env: Environment, expr: { start: number; end: number }): string {
  const text = env.module.text.slice(expr.start, expr.end).replace(/\s+/g, " ");
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function evaluateBoolean(m: Machine, expr: Extract<Expr, { kind: "BoolOp" }>, env: Environment): Value {
  const left = m.evaluate(expr.left, env);
  // `a and b`: where `a` is a plain condition, keep both for one decision of the whole.
  if (left.kind === "unknown" && isPureTest(expr.right)) {
    const right = m.evaluate(expr.right, env);
    if (right.kind === "unknown") return derived(`$0 ${expr.op} $1`, left, right);
    if (right.kind === "const" && typeof right.value === "boolean") {
      if (expr.op === "and" && !right.value) return FALSE;
      if (expr.op === "or" && right.value && isTest(left)) return TRUE;
      if (isTest(left)) return left;
    }
  }
  const isTrue = truth(m, left);
  return isTrue === (expr.op === "and") ? m.evaluate(expr.right, env) : left;
}

/** Whether an unknown can only be a truth value. */
function isTest(value: Value): boolean {
  return (
    value.kind === "unknown" &&
    /^(not |hasattr\(|isinstance\(|bool\()|( is | == | != | in | < | > )/.test(value.key)
  );
}

/** An expression that can be evaluated although Python might skip it: it reads, and cannot fail. */
function isPureTest(expr: Expr): boolean {
  if (expr.kind === "Name" || expr.kind === "Constant") return true;
  if (expr.kind === "Unary") return isPureTest(expr.operand);
  if (expr.kind === "Compare")
    return isPureTest(expr.first) && expr.rest.every((part) => isPureTest(part.value));
  return false;
}

function evaluateConditional(
  m: Machine,
  expr: Extract<Expr, { kind: "Conditional" }>,
  env: Environment,
): Value {
  const test = m.evaluate(expr.test, env);
  const either = test.kind === "unknown" ? chooseEither(m, { expr, condition: test }, env) : null;
  return either ?? (truth(m, test) ? m.evaluate(expr.then, env) : m.evaluate(expr.otherwise, env));
}

function evaluateComparison(m: Machine, expr: Extract<Expr, { kind: "Compare" }>, env: Environment): Value {
  let left = m.evaluate(expr.first, env);
  let result: Value = TRUE;
  for (const { op, value } of expr.rest) {
    const right = m.evaluate(value, env);
    result = compare(op, left, right);
    if (expr.rest.length > 1 && !truth(m, result)) return FALSE;
    left = right;
  }
  return result;
}

function evaluateSequence(
  m: Machine,
  expr: Extract<Expr, { items: readonly Expr[] }>,
  env: Environment,
): Value {
  const items: Value[] = [];
  let open = null;
  for (const item of expr.items) {
    if (item.kind !== "Starred") {
      items.push(m.evaluate(item, env));
      continue;
    }
    const spread = m.evaluate(item.value, env);
    const known = itemsOf(spread);
    if (known) items.push(...known);
    else open = unknown(`*${textOf(env, item.value)}`, `${scopeOf(env)}:*${identity(spread)}`);
  }
  const kind = expr.kind === "List" ? "list" : expr.kind === "Tuple" ? "tuple" : "set";
  return { kind, items, open };
}

function evaluateDict(m: Machine, expr: Dict, env: Environment): DictValue {
  const made: DictValue = { kind: "dict", entries: new Map(), open: null };
  for (const entry of expr.entries) {
    const value = m.evaluate(entry.value, env);
    if (entry.key === null) {
      if (value.kind === "dict") mergeDict(made, value);
      else shadow(made, unknown(`**${textOf(env, entry.value)}`, `${scopeOf(env)}:**${identity(value)}`));
      continue;
    }
    const key = m.evaluate(entry.key, env);
    if (key.kind === "unknown" || key.kind === "choice") made.open = unknown(`[${textOf(env, entry.key)}]`);
    else made.entries.set(identity(key), { key, value, site: siteOf(env, entry, "dictEntry") });
  }
  return made;
}

/** The place of something inside the statement that is being executed; null outside any. */
export function siteOf(
  env: Environment,
  at: { start: number; end: number; value: Expr },
  form: Site["form"],
  call: Call | null = null,
): Site | null {
  if (!env.stmt) return null;
  const { start, end, value } = at;
  const func = env.func?.def ?? null;
  return {
    module: env.module,
    stmt: env.stmt,
    form,
    value,
    target: null,
    call,
    func,
    scope: env,
    start,
    end,
  };
}

function evaluateCall(m: Machine, expr: Call, env: Environment): Value {
  if (expr.func.kind === "Name" && expr.func.id === "super" && expr.args.length === 0) {
    return superOf(env) ?? unknown("super()");
  }
  const func = m.evaluate(expr.func, env);
  const args = evaluateArguments(m, expr, env);
  return m.call(func, args, new CallText(env, expr));
}

/** Where a call stands; its text is only cut out for calls that are not followed. */
class CallText implements CallPlace {
  readonly #env: Environment;
  readonly #call: Call;

  constructor(env: Environment, call: Call) {
    this.#env = env;
    this.#call = call;
  }
  get scope(): string {
    return scopeOf(this.#env);
  }
  get shown(): string {
    return textOf(this.#env, this.#call);
  }
}

function superOf(env: Environment): Value | null {
  for (let scope: Environment | null = env; scope; scope = scope.parent) {
    const owner = scope.func?.owner;
    const first = scope.func?.def.params[0];
    const self = first && scope.vars.get(first.name);
    if (owner && self?.kind === "object") return { kind: "super", self, after: owner };
  }
  return null;
}

function evaluateArguments(m: Machine, expr: Call, env: Environment): ArgumentValue[] {
  return expr.args.flatMap((arg): ArgumentValue[] => {
    const value = m.evaluate(arg.value, env);
    if (arg.kind === "keyword") return [{ name: arg.name, value, site: siteOf(env, arg, "keyword", expr) }];
    if (arg.kind === "positional") return [{ name: null, value, site: siteOf(env, arg, "positional", expr) }];
    if (arg.kind === "doubleStar") return spreadKeywords(value, textOf(env, arg.value));
    const items = itemsOf(value);
    if (items) return items.map((item) => ({ name: null, value: item, site: null }));
    return [{ name: "**", value: unknown(`*${textOf(env, arg.value)}`), site: null }];
  });
}

function spreadKeywords(value: Value, shown: string): ArgumentValue[] {
  if (value.kind !== "dict") return [{ name: "**", value: unknown(shown, identity(value)), site: null }];
  const known = [...value.entries.values()].flatMap((slot): ArgumentValue[] => {
    const { key } = slot;
    const name = key.kind === "const" && typeof key.value === "string" ? key.value : null;
    return name === null ? [] : [{ name, value: slot.value, site: slot.site }];
  });
  return value.open ? [...known, { name: "**", value: unknown(shown, value.open.key), site: null }] : known;
}

function evaluateSubscript(m: Machine, expr: Subscript, env: Environment): Value {
  const value = m.evaluate(expr.value, env);
  if (expr.index.kind === "Slice") return evaluateSlice(m, { value, slice: expr.index }, env);
  const index = m.evaluate(expr.index, env);
  return itemAt(m, value, index);
}

/** `value[index]`. */
export function itemAt(m: Machine, value: Value, index: Value): Value {
  if (value.kind === "choice") {
    return itemAt(m, m.decide(unknown(value.condition)) ? value.then : value.otherwise, index);
  }
  if (value.kind === "dict" && index.kind !== "unknown" && index.kind !== "choice") {
    const slot = value.entries.get(identity(index));
    if (slot) return slot.value;
    if (!value.open) throw new PythonError("KeyError", identity(index));
    return unknown(`${value.open.shown}[${identity(index)}]`, `${value.open.key}[${identity(index)}]`);
  }
  const items = itemsOf(value);
  if (items && index.kind === "const" && typeof index.value === "number") {
    const item = items.at(index.value);
    if (!item) throw new PythonError("IndexError", "list index out of range");
    return item;
  }
  // `list[int]` and the like, in annotations and casts.
  if (value.kind === "builtin" || value.kind === "class") return value;
  return value.kind === "symbol" ? symbol(value.path) : derived("$0[$1]", value, index);
}

function evaluateSlice(
  m: Machine,
  { value, slice }: { value: Value; slice: Extract<Expr, { kind: "Slice" }> },
  env: Environment,
): Value {
  const bounds = slice.parts.map((part) => (part ? m.evaluate(part, env) : null));
  const numbers = bounds.map((bound) =>
    bound?.kind === "const" && typeof bound.value === "number" ? bound.value : bound,
  );
  const [from, to, step] = numbers;
  const plain = [from, to].every(
    (bound) => bound === null || bound === undefined || typeof bound === "number",
  );
  const start = typeof from === "number" ? from : undefined;
  const end = typeof to === "number" ? to : undefined;
  if (plain && (step === null || step === undefined)) {
    if (value.kind === "const" && typeof value.value === "string")
      return constant(value.value.slice(start, end));
    if ((value.kind === "list" || value.kind === "tuple") && !value.open) {
      return { kind: value.kind, items: value.items.slice(start, end), open: null };
    }
  }
  return unknown(textOf(env, slice), `${scopeOf(env)}:${identity(value)}[${textOf(env, slice)}]`);
}

function evaluateJoined(m: Machine, parts: readonly (string | Expr)[], env: Environment): Value {
  const values = parts.map((part) => (typeof part === "string" ? constant(part) : m.evaluate(part, env)));
  const plain = values.every(
    (value) => value.kind === "const" && (typeof value.value === "string" || Number.isInteger(value.value)),
  );
  if (plain)
    return constant(values.map((value) => (value.kind === "const" ? String(value.value) : "")).join(""));
  const shown = values
    .map((value) => (value.kind === "const" ? String(value.value) : `{${identity(value)}}`))
    .join("");
  return unknown(`f"${shown}"`);
}

function evaluateComprehension(m: Machine, expr: Comprehension, env: Environment): Value {
  const inner: Environment = { ...env, vars: new Map(), parent: env, isModule: false };
  const made: { key: Value | null; value: Value }[] = [];
  const run = (depth: number): boolean => {
    const clause = expr.clauses[depth];
    if (!clause) {
      made.push({ key: expr.key ? m.evaluate(expr.key, inner) : null, value: m.evaluate(expr.value, inner) });
      return true;
    }
    const items = itemsOf(m.evaluate(clause.iter, inner));
    if (!items) return false;
    return items.every((item) => {
      assign(m, { target: clause.target, value: item, source: clause.iter }, inner);
      return !clause.tests.every((test) => truth(m, m.evaluate(test, inner))) || run(depth + 1);
    });
  };
  if (!run(0)) return unknown(textOf(env, expr), `${scopeOf(env)}:${textOf(env, expr)}`);
  return collect(expr.form, made);
}

function collect(form: Comprehension["form"], made: readonly { key: Value | null; value: Value }[]): Value {
  if (form !== "dict") {
    const items = made.map(({ value }) => value);
    if (form !== "set") return { kind: "list", items, open: null };
    return {
      kind: "set",
      items: [...new Map(items.map((item) => [identity(item), item])).values()],
      open: null,
    };
  }
  const entries = new Map(
    made.flatMap(({ key, value }) => (key ? [[identity(key), { key, value, site: null }] as const] : [])),
  );
  return { kind: "dict", entries, open: null };
}
