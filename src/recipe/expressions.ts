import { attributeName, bindName, defaultsOf, knownVariable, lookup } from "./names.ts";
import type { Call, Comprehension, Dict, Expr, Subscript } from "../python/syntax.ts";
import { endOf, itemsOf, takeItems } from "./builtin-methods.ts";
import { itemAt } from "./items.ts";
import { spend, type CallPlace, type Machine } from "./machine.ts";
import { walkExpression } from "../python/walk.ts";
import { integerOf, textOfConstant } from "./numbers.ts";
import { compareBy, operate, operateAlone } from "./hooked-operators.ts";
import { forget } from "./forget.ts";
import { stir } from "./hooks.ts";
import { reachOfExpression } from "./reach.ts";
import { derived, truth } from "./operators.ts";
import { assign } from "./assignment.ts";
import { chooseEither } from "./either.ts";
import {
  dictKey,
  floating,
  isOpenKey,
  LONGEST,
  mergeDict,
  setOf,
  shadow,
  constant,
  FALSE,
  identity,
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
      return expr.float === true ? floating(Number(expr.value)) : constant(expr.value);
    case "Name":
      return lookup(m, env, expr.id) ?? unknown(expr.id, `${scopeOf(env)}:${expr.id}`);
    case "Attribute":
      return m.getAttribute(m.evaluate(expr.value, env), attributeName(env, expr.attr));
    case "Call":
      return evaluateCall(m, expr, env);
    case "List":
    case "Tuple":
    case "Set":
      return evaluateSequence(m, expr, env);
    case "Dict":
      return evaluateDict(m, expr, env);
    case "Unary":
      return operateAlone(m, expr.op, m.evaluate(expr.operand, env));
    case "Binary":
      return operate(m, expr.op, [m.evaluate(expr.left, env), m.evaluate(expr.right, env)]);
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
      const made = {
        kind: "function",
        def: expr,
        name: "<lambda>",
        path,
        module: env.module,
        scope,
      } as const;
      return { ...made, owner: null, ...defaultsOf(m, env, expr) };
    }
    case "Comprehension":
      return expr.form === "generator" ? laterItems(m, expr, env) : evaluateComprehension(m, expr, env);
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
  // `a or 0` of what only a checkpoint says: the run need not take a side.
  const isOpen = left.kind === "unknown" && left.fromCheckpoint === "data" && !m.decisions.has(left.key);
  if (isOpen && expr.right.kind === "Constant") {
    const right = m.evaluate(expr.right, env);
    const [then, otherwise] = expr.op === "or" ? [left, right] : [right, left];
    return { kind: "choice", condition: left.key, then, otherwise };
  }
  const isTrue = truth(m, left);
  return isTrue === (expr.op === "and") ? m.evaluate(expr.right, env) : sideTaken(m, left);
}

/** Of a choice that this run has taken a side of, that side. */
function sideTaken(m: Machine, value: Value): Value {
  if (value.kind !== "choice") return value;
  const taken = m.decisions.get(value.condition);
  return taken === undefined ? value : sideTaken(m, taken ? value.then : value.otherwise);
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
    result = compareBy(m, op, [left, right]);
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
    if (!known) stir(m, spread);
    if (known) items.push(...known);
    else open = unknown(`*${textOf(env, item.value)}`, `${scopeOf(env)}:*${identity(spread)}`);
  }
  if (expr.kind === "Set") stir(m, ...items);
  if (expr.kind === "Set") return open ? { kind: "set", items, open } : setOf(items);
  return { kind: expr.kind === "List" ? "list" : "tuple", items, open };
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
    stir(m, key);
    if (isOpenKey(key)) shadow(made, unknown(`[${textOf(env, entry.key)}]`));
    else made.entries.set(dictKey(key), { key, value, site: siteOf(env, entry, "dictEntry") });
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
  const args = evaluateArguments(m, { call: expr, isEager: drainsAtOnce(func) }, env);
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

/** Whether a call goes through a generator expression there and then, to its end. */
function drainsAtOnce(func: Value): boolean {
  const callee = func.kind === "method" ? func.func : func;
  return callee.kind === "builtin" && !/^(next|iter|enumerate|zip|map|filter|reversed)$/.test(callee.name);
}

/** A generator expression that nobody goes through yet: by then its names may stand for something else. */
function laterItems(m: Machine, expr: Comprehension, env: Environment): Value {
  const names = [...walkExpression(expr)].flatMap((part) => (part.kind === "Name" ? [part.id] : []));
  const may = names.flatMap((name) => knownVariable(m, env, name) ?? []);
  return { ...unknown(textOf(env, expr), m.nth(`${scopeOf(env)}:${textOf(env, expr)}`)), may };
}

function evaluateArguments(
  m: Machine,
  { call: expr, isEager }: { call: Call; isEager: boolean },
  env: Environment,
): ArgumentValue[] {
  return expr.args.flatMap((arg): ArgumentValue[] => {
    const { value: given } = arg;
    const isDrained = isEager && given.kind === "Comprehension";
    const value = isDrained ? evaluateComprehension(m, given, env) : m.evaluate(given, env);
    if (arg.kind === "keyword") return [{ name: arg.name, value, site: siteOf(env, arg, "keyword", expr) }];
    if (arg.kind === "positional") return [{ name: null, value, site: siteOf(env, arg, "positional", expr) }];
    if (arg.kind === "doubleStar") return spreadKeywords(value, textOf(env, arg.value));
    const items = itemsOf(value);
    if (items) return items.map((item) => ({ name: null, value: item, site: null }));
    stir(m, value);
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

function evaluateSlice(
  m: Machine,
  { value, slice }: { value: Value; slice: Extract<Expr, { kind: "Slice" }> },
  env: Environment,
): Value {
  const bounds = slice.parts.map((part) => (part ? m.evaluate(part, env) : null));
  const numbers = bounds.map((bound) => {
    const number = bound ? integerOf(bound) : null;
    if (number !== null) return number;
    return bound?.kind === "const" && bound.value === null ? null : bound;
  });
  const [from, to, step] = numbers;
  const plain = [from, to].every(
    (bound) => bound === null || bound === undefined || typeof bound === "number",
  );
  const start = typeof from === "number" ? from : undefined;
  const end = typeof to === "number" ? to : undefined;
  if (plain && (step === null || step === undefined)) {
    if (value.kind === "const" && typeof value.value === "string")
      return constant([...value.value].slice(start, end).join(""));
    if ((value.kind === "list" || value.kind === "tuple") && !value.open && !value.as) {
      return { kind: value.kind, items: value.items.slice(start, end), open: null };
    }
  }
  const key = `${scopeOf(env)}:${identity(value)}[${textOf(env, slice)}]`;
  return { ...unknown(textOf(env, slice), key), may: [value] };
}

function evaluateJoined(m: Machine, parts: readonly (string | Expr)[], env: Environment): Value {
  const values = parts.map((part) => (typeof part === "string" ? constant(part) : m.evaluate(part, env)));
  stir(m, ...values);
  const texts = values.flatMap((value) => (value.kind === "const" ? (textOfConstant(value) ?? []) : []));
  const isShort = texts.reduce((total, text) => total + text.length, 0) <= 10 * LONGEST;
  if (texts.length === values.length && isShort) return constant(texts.join(""));
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
    const iter = m.evaluate(clause.iter, inner);
    const items = takeItems(iter);
    if (!items) {
      stir(m, iter);
      return false;
    }
    const isFollowed = items.every((item) => {
      spend(m, 10);
      assign(m, { target: clause.target, value: item, source: clause.iter }, inner);
      return !clause.tests.every((test) => truth(m, m.evaluate(test, inner))) || run(depth + 1);
    });
    if (isFollowed) endOf(iter);
    return isFollowed;
  };
  if (!run(0)) return passComprehension(m, expr, env);
  return collect(expr.form, made);
}

/** A comprehension over items that cannot be told: it may do anything to what it names, and hold any of that. */
function passComprehension(m: Machine, expr: Comprehension, env: Environment): Value {
  const shown = textOf(env, expr);
  const held = (names: Iterable<string>) => [...names].flatMap((name) => knownVariable(m, env, name) ?? []);
  for (const value of held(reachOfExpression(expr).names)) forget(m, value, `after \`${shown}\``);
  const names = [...walkExpression(expr)].flatMap((part) => (part.kind === "Name" ? [part.id] : []));
  return { ...unknown(shown, `${scopeOf(env)}:${shown}`), may: held(names) };
}

function collect(form: Comprehension["form"], made: readonly { key: Value | null; value: Value }[]): Value {
  if (form !== "dict") {
    const items = made.map(({ value }) => value);
    if (form === "set") return setOf(items);
    return { kind: "list", ...(form === "generator" && { as: "iterator" }), items, open: null };
  }
  const dict: DictValue = { kind: "dict", entries: new Map(), open: null };
  for (const { key, value } of made) {
    if (!key) continue;
    if (isOpenKey(key)) shadow(dict, unknown("a computed key"));
    else dict.entries.set(dictKey(key), { key, value, site: null });
  }
  return dict;
}
