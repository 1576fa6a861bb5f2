import { unfollowed } from "./unfollowed.ts";
import type { Expr, FunctionDef } from "../python/syntax.ts";
import { findMember, hasDecorator } from "./classes.ts";
import { construct } from "./construct.ts";
import { callBuiltin } from "./builtins.ts";
import { mark, remember, replay, traced } from "./memo.ts";
import { EvaluationLimit, PythonError, type CallPlace, type Machine } from "./machine.ts";
import { hasOrder } from "./module-order.ts";
import { moduleScope } from "./names.ts";
import {
  dictKey,
  NONE,
  unknown,
  type ArgumentValue,
  type Environment,
  type FunctionValue,
  type Unknown,
  type Value,
} from "./value.ts";

/** Calls a value. What cannot be followed may have changed every object that it was given. */
export function call(m: Machine, func: Value, args: readonly ArgumentValue[], place: CallPlace): Value {
  switch (func.kind) {
    case "function":
      return callFunction(m, func, { args, place });
    case "method":
      return callMethod(m, { func: func.func, self: func.self }, { args, place });
    case "class":
      return m.session.library.call(m, func.path, { args, place }) ?? construct(m, func, { args, place });
    case "partial":
      return m.call(func.func, [...func.args, ...args], place);
    case "builtin":
      return callBuiltin(m, func.name, { args, place }) ?? unfollowed(m, func, { args, place });
    case "symbol":
      return m.session.library.call(m, func.path, { args, place }) ?? unfollowed(m, func, { args, place });
    case "object":
      return findMember(func.type, "__call__")
        ? m.call(m.getAttribute(func, "__call__"), args, place)
        : unfollowed(m, func, { args, place });
    case "choice":
      return call(m, m.decide(unknown(func.condition)) ? func.then : func.otherwise, args, place);
    default:
      return unfollowed(m, func, { args, place });
  }
}

interface Invocation {
  readonly args: readonly ArgumentValue[];
  readonly place: CallPlace;
}

function callMethod(m: Machine, method: { func: Value; self: Value }, { args, place }: Invocation): Value {
  const self = { name: null, value: method.self, site: null };
  return m.call(method.func, [self, ...args], place);
}

function callFunction(m: Machine, func: FunctionValue, invocation: Invocation): Value {
  const modelled = m.session.library.call(m, func.path, invocation);
  if (modelled) return modelled;
  const { def } = func;
  if (func.wrap === "cached") return callCached(m, func, invocation);
  const isRepeatable = invocation.args.length === 0 && func.scope === null && def.kind === "FunctionDef";
  // What a module of the project holds may change from call to call.
  const isSteady =
    !hasOrder(m.session.host, func.module) && !def.params.some(({ default: made }) => makesAnew(made));
  if (!isRepeatable || !isSteady || m.isPatched || m.classPatches.size > 0)
    return runFunction(m, func, invocation);
  const memo = m.session.memos.get(def);
  const replayed = memo ? replay(m, memo) : null;
  if (replayed) return replayed;
  // What a run begins with is remembered once another recipe calls it: most are called by none.
  if (memo === null || m.depth === 0) return runFunction(m, func, invocation);
  const before = mark(m);
  const { result, trace } = traced(m, () => runFunction(m, func, invocation));
  if (memo === undefined) m.session.memos.set(def, remember(m, { before, result, trace }));
  return result;
}

/** Whether a default is an object that calls share. */
function makesAnew(expr: Expr | null): boolean {
  return expr !== null && !["Constant", "Name", "Attribute", "Unary", "Tuple"].includes(expr.kind);
}

function runFunction(m: Machine, func: FunctionValue, invocation: Invocation): Value {
  const { def } = func;
  if (def.kind === "FunctionDef" && (def.isAsync || isGenerator(func, def)))
    return laterCall(m, func, invocation);
  if (m.depth >= m.limits.depth) throw new EvaluationLimit(`calls nested deeper than ${m.limits.depth}`);
  m.touched.add(func.module);
  m.called.add(def);
  m.depth += 1;
  try {
    const env = functionScope(m, func, invocation.args);
    if (def.kind === "Lambda") return m.evaluate(def.value, env);
    const completion = m.execute(def.body, env);
    return completion && typeof completion === "object" ? completion.value : NONE;
  } finally {
    m.depth -= 1;
  }
}

/** What comes of a generator or coroutine: whoever gets on with it runs the function's code. */
function laterCall(m: Machine, func: FunctionValue, invocation: Invocation): Unknown {
  const may = [func, ...invocation.args.map((arg) => arg.value)];
  return { ...unfollowed(m, func, invocation), may };
}

const generators = new WeakMap<FunctionDef, boolean>();

function isGenerator(func: FunctionValue, def: FunctionDef): boolean {
  let known = generators.get(def);
  if (known === undefined) {
    known =
      /\byield\b/.test(func.module.text.slice(def.start, def.end)) && !hasDecorator(def, "contextmanager");
    generators.set(def, known);
  }
  return known;
}

/** The environment of a call: parameters bound to arguments, defaults for the rest. */
export function functionScope(m: Machine, func: FunctionValue, args: readonly ArgumentValue[]): Environment {
  const env: Environment = {
    vars: new Map(),
    parent: func.scope,
    module: func.module,
    func,
    isModule: false,
    globals: null,
    nonlocals: null,
    stmt: null,
  };
  bindParameters(m, func, { env, args });
  return env;
}

function bindParameters(
  m: Machine,
  func: FunctionValue,
  { env, args }: { env: Environment; args: readonly ArgumentValue[] },
): void {
  const positional = args.filter((arg) => arg.name === null);
  const named = new Map(args.filter((arg) => arg.name !== null).map((arg) => [arg.name, arg]));
  const open = named.get("**")?.value ?? null;
  named.delete("**");
  for (const param of func.def.params) {
    if (param.form === "star") {
      env.vars.set(param.name, {
        kind: "tuple",
        items: positional.splice(0).map((arg) => arg.value),
        open: null,
      });
    } else if (param.form === "doubleStar") {
      env.vars.set(param.name, restOfNamed(named, open));
      named.clear();
    } else {
      const given = param.keywordOnly ? undefined : positional.shift();
      const arg = given ?? named.get(param.name);
      if (!given) named.delete(param.name);
      env.vars.set(param.name, arg ? arg.value : missingArgument(m, func, { name: param.name, open }));
    }
  }
  const [extra] = named.keys();
  if (extra !== undefined && open === null) {
    throw new PythonError("TypeError", `${func.name}() got an unexpected keyword argument '${extra}'`);
  }
  if (positional.length > 0)
    throw new PythonError("TypeError", `${func.name}() takes fewer positional arguments`);
}

function restOfNamed(named: ReadonlyMap<string | null, ArgumentValue>, open: Value | null): Value {
  const entries = new Map(
    [...named].map(([name, arg]) => {
      const key: Value = { kind: "const", value: name };
      return [JSON.stringify(name), { key, value: arg.value, site: arg.site }] as const;
    }),
  );
  return { kind: "dict", entries, open: open?.kind === "unknown" ? open : null };
}

function missingArgument(
  m: Machine,
  func: FunctionValue,
  { name, open }: { name: string; open: Value | null },
): Value {
  if (open) return unknown(`${name}, maybe passed by **`, `${func.path}(${name})`);
  return defaultOf(m, func, name) ?? raiseMissing(func, name);
}

function raiseMissing(func: FunctionValue, name: string): never {
  throw new PythonError("TypeError", `${func.name}() missing required argument: '${name}'`);
}

/** The value of a parameter's default; null if it has none. Mutable defaults are made anew for each run. */
export function defaultOf(m: Machine, func: FunctionValue, name: string): Value | null {
  const made = func.defaults?.get(name);
  if (made) return made;
  const fallback = func.def.params.find((one) => one.name === name)?.default;
  if (!fallback) return null;
  const scope = func.scope ?? moduleScope(m, func.module);
  if (fallback.kind === "Constant" || func.scope) return m.evaluate(fallback, scope);
  return onceIn(sharedDefaults, m, { key: fallback, make: () => m.evaluate(fallback, scope) });
}

/** Python makes a default once: two calls in one run see the same object. */
const sharedDefaults = new WeakMap<Machine, Map<object, Value>>();

/** What a run makes once and shows again. */
function onceIn<K>(
  tables: WeakMap<Machine, Map<K, Value>>,
  m: Machine,
  { key, make }: { key: K; make: () => Value },
): Value {
  let table = tables.get(m);
  if (!table) tables.set(m, (table = new Map<K, Value>()));
  let value = table.get(key);
  if (!value) table.set(key, (value = make()));
  return value;
}

const cachedResults = new WeakMap<Machine, Map<string, Value>>();

/** A function that remembers its results gives one object to all who call it alike. */
function callCached(m: Machine, func: FunctionValue, invocation: Invocation): Value {
  const given = invocation.args.map(({ name, value }) => `${name ?? ""}=${dictKey(value)}`);
  const key = `${func.module.path}:${func.def.start}:${scopeNumber(func)}(${given.join(", ")})`;
  return onceIn(cachedResults, m, { key, make: () => runFunction(m, func, invocation) });
}

const scopeNumbers = new WeakMap<Environment, number>();
let scopesSeen = 0;

/** Tells functions of one `def` apart that were made in different calls. */
function scopeNumber({ scope }: FunctionValue): number {
  if (!scope) return 0;
  let number = scopeNumbers.get(scope);
  if (number === undefined) scopeNumbers.set(scope, (number = ++scopesSeen));
  return number;
}
