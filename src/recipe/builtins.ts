import { getAttribute, hasAttribute, setAttribute } from "./attributes.ts";
import { callMethodOf, endOf, isPlainType, itemsOf, membersOf, takeItems } from "./builtin-methods.ts";
import { ancestryOf, derivesFrom } from "./classes.ts";
import { importByName } from "./import-calls.ts";
import { forget } from "./forget.ts";
import { callHook, stir } from "./hooks.ts";
import { enumerated, iteratorOver, zip } from "./iterators.ts";
import { EvaluationLimit, PythonError, spend, type CallPlace, type Machine } from "./machine.ts";
import { binary, compare, derived, negate, truth } from "./operators.ts";
import { isTame } from "./module-order.ts";
import { absolute, convertNumber, integerOf, numberKind, textOfConstant } from "./numbers.ts";
import {
  constant,
  FALSE,
  floating,
  identity,
  LONGEST,
  NONE,
  setOf,
  shadow,
  TRUE,
  unknown,
  type ArgumentValue,
  type ClassValue,
  type DictValue,
  type ObjectValue,
  type Value,
} from "./value.ts";

interface Invocation {
  readonly args: readonly ArgumentValue[];
  readonly place: CallPlace;
}

type Builtin = (m: Machine, args: readonly Value[], call: Invocation) => Value | null;

/** Calls a function of Python itself; null where it is not modelled. */
export function callBuiltin(m: Machine, name: string, invocation: Invocation): Value | null {
  stir(m, ...invocation.args.map((arg) => arg.value));
  if (name.includes(".")) return objectMethod(m, name, invocation) ?? callMethodOf(m, name, invocation.args);
  const positional = invocation.args.filter((arg) => arg.name === null).map((arg) => arg.value);
  if (name === "print") return NONE;
  const known = BUILTINS[name];
  const isNamed = positional.length < invocation.args.length;
  if (known && (!isNamed || TAKES_NAMES.has(name))) return known(m, positional, invocation);
  if (known) return null;
  if (NEVER_TWICE.has(name))
    return unknown(invocation.place.shown, m.nth(`${invocation.place.scope}:${name}`));
  if (/(Error|Exception|Warning|Exit|Interrupt|Iteration)$/.test(name))
    return unknown(invocation.place.shown, m.nth(`exception ${name}: ${invocation.place.shown}`));
  return HARMLESS.has(name)
    ? unknown(invocation.place.shown, `${name}(${positional.map(identity).join(", ")})`)
    : null;
}

const HARMLESS = new Set(["repr", "str", "hash", "round", "format", "ord"]);

/** They leave their arguments as they are, and give something else each time. */
const NEVER_TWICE = new Set(["id", "open", "input"]);

/** Methods that every object has: `object.__setattr__(self, name, value)`, an `__init__` that does nothing. */
function objectMethod(m: Machine, name: string, { args }: Invocation): Value | null {
  const [self, key, assigned] = args.map((arg) => arg.value);
  if (name === "object.__setattr__" && self && key && assigned) return setByName(m, { self, key, assigned });
  if (name === "object.__getattribute__" && self && key) return getByName(m, [self, key]);
  return /^object\.(__init__|__post_init__|__init_subclass__)$/.test(name) ? NONE : null;
}

function setByName(m: Machine, { self, key, assigned }: { self: Value; key: Value; assigned: Value }): Value {
  if (self.kind !== "object" || key.kind !== "const" || typeof key.value !== "string") {
    forget(m, self, "after an attribute of a computed name was set");
    return NONE;
  }
  const previous = self.fields.get(key.value)?.value ?? null;
  const write = m.writingFor
    ? {
        order: m.writes.length,
        object: self,
        field: key.value,
        value: assigned,
        previous,
        site: m.writingFor,
      }
    : null;
  if (write) m.writes.push(write);
  self.fields.set(key.value, { value: assigned, write });
  return NONE;
}

function getByName(m: Machine, [self, key, fallback]: readonly Value[]): Value | null {
  if (!self || key?.kind !== "const" || typeof key.value !== "string") return null;
  if (!fallback) return getAttribute(m, self, key.value);
  return truth(m, hasAttribute(m, self, key.value)) ? getAttribute(m, self, key.value) : fallback;
}

const TAKES_NAMES = new Set(["dict", "enumerate", "zip", "exec", "eval", "__import__"]);

const BUILTINS: Readonly<Record<string, Builtin>> = {
  isinstance: (m, [value, type]) => (value && type ? isInstance(m, value, type) : null),
  issubclass: () => null,
  hasattr: (m, [value, key]) =>
    value && key?.kind === "const" && typeof key.value === "string"
      ? hasAttribute(m, value, key.value)
      : null,
  getattr: (m, args) => getByName(m, args),
  setattr: setAttributeByName,
  len: (m, [value]) => (value ? callHook(m, value, { name: "__len__", args: [] }) : null) ?? lengthOf(value),
  bool: (m, [value]) => (value ? boolOf(m, value) : FALSE),
  int: (_m, args) => toNumber(args, "int"),
  float: (_m, args) => toNumber(args, "float"),
  str: (_m, [value, ...more]) => {
    if (!value) return constant("");
    const text = value.kind === "const" && more.length === 0 ? textOfConstant(value) : null;
    return text === null ? null : constant(text);
  },
  list: (_m, [value]) => sequence("list", value),
  tuple: (_m, [value]) => sequence("tuple", value),
  set: (_m, [value]) => sequence("set", value),
  frozenset: (_m, [value]) => sequence("set", value),
  dict: (_m, [value], { args }) => makeDict(value, args),
  range: (m, args) => range(m, args),
  enumerate: (_m, [value, start], { args }) => enumerated(value, start ?? args[1]?.value),
  zip: (m, _args, { args }) => zip(m, args),
  reversed: (_m, [value]) => iteratorOver(value, (items) => [...items].reverse()),
  sorted: (_m, [value], { args }) => (args.length === 1 ? sorted(value) : null),
  max: (m, args) => extreme(m, args, ">"),
  min: (m, args) => extreme(m, args, "<"),
  abs: (_m, [value]) => (value ? absolute(value) : null),
  sum: (_m, [value, start]) => {
    const items = value ? itemsOf(value) : null;
    // Newer Pythons add floats with more care than `+` does.
    if (!items || items.some((item) => numberKind(item) === "float")) return null;
    return items.reduce<Value>((total, item) => binary("+", total, item), start ?? constant(0));
  },
  any: (m, [value]) => quantified(m, value, true),
  all: (m, [value]) => quantified(m, value, false),
  type: (_m, [value]) => (value?.kind === "object" ? value.type : null),
  callable: (_m, [value]) =>
    value && ["function", "class", "method", "partial"].includes(value.kind) ? TRUE : null,
  __import__: (m, _args, { args }) => importByName(m, args),
  exec: (m, args, call) => executeText(m, args, call),
  eval: (m, args, call) => executeText(m, args, call),
  vars: (m, [value]) => {
    if (value) forget(m, value, "after vars() took its attributes");
    return null;
  },
};

/** `bool(value)`, by the object's own method where its class has one. */
function boolOf(m: Machine, value: Value): Value {
  return value.kind === "object" ? constant(truth(m, value)) : negate(negate(value));
}

/** Code made at run time may do anything; what it can reach cannot be told, so the run ends here. */
function executeText(m: Machine, _args: readonly Value[], { place }: Invocation): Value {
  m.doubts.add(`code run by ${place.shown}`);
  throw new PythonError("EvaluationLimit", `${place.shown} runs code that cannot be followed`);
}

function setAttributeByName(
  m: Machine,
  [self, key, assigned]: readonly Value[],
  { args }: Invocation,
): Value | null {
  if (!self || !key || !assigned) return null;
  const site = args[1]?.site ?? null;
  if (key.kind === "const" && typeof key.value === "string" && site) {
    const [target, , value] = args.map((arg) => arg.site?.value ?? null);
    const written = { ...site, form: "setattr", target: target ?? null, value: value ?? null } as const;
    setAttribute(m, self, { name: key.value, assigned, site: written });
    return NONE;
  }
  if (self.kind === "class" || self.kind === "module")
    throw new EvaluationLimit(`an attribute of ${identity(self)} is set by a computed name`);
  forget(m, self, "after setattr with a computed name");
  return NONE;
}

/** `isinstance(value, type)`, with a tuple or `A | B` as the type. */
export function isInstance(m: Machine, value: Value, type: Value): Value {
  if (value.kind === "choice") {
    return isInstance(m, m.decide(unknown(value.condition)) ? value.then : value.otherwise, type);
  }
  if (type.kind === "tuple") {
    const results = type.items.map((one) => isInstance(m, value, one));
    if (results.some((one) => one === TRUE)) return TRUE;
    if (results.every((one) => one === FALSE)) return FALSE;
    return derived("isinstance($0, $1)", value, type);
  }
  const known = instanceOf(value, type);
  return known === null ? derived("isinstance($0, $1)", value, type) : constant(known);
}

function instanceOf(value: Value, type: Value): boolean | null {
  if (type.kind === "builtin") {
    const plain = isPlainType(value, type.name);
    return plain === false && value.kind === "object" && !ancestryOf(value.type).complete ? null : plain;
  }
  const path = type.kind === "class" || type.kind === "symbol" ? type.path : null;
  if (path === null) return null;
  if (type.kind === "class" && answersItself(type)) return null;
  if (value.kind === "object") return objectIs(value, type, path);
  if (value.kind === "unknown" || value.kind === "symbol")
    return path === "torch.dtype" ? isDtype(value) : null;
  return type.kind === "symbol" && value.kind !== "const" ? null : false;
}

/** Whether a class has a say in what counts as its instance. */
function answersItself(type: ClassValue): boolean {
  const { classes } = ancestryOf(type);
  const isOpen = (base: Value) => base.kind === "symbol" && /\b(ABC|Protocol)$/.test(base.path);
  return classes.some(
    ({ source, bases }) =>
      source !== null &&
      !isTame(source.module) &&
      (source.def.bases.some((base) => base.kind !== "positional") || bases.some(isOpen)),
  );
}

function objectIs(value: ObjectValue, type: Value, path: string): boolean | null {
  if (value.open && !value.type.source) return null;
  // One `class` statement in a function makes another class each time.
  const isLocal = type.kind === "class" && type.source !== null && type.source.scope !== null;
  if (isLocal && !ancestryOf(value.type).classes.includes(type))
    return derivesFrom(value.type, path) === true ? null : false;
  return derivesFrom(value.type, path);
}

function isDtype(value: Value): boolean | null {
  return value.kind === "symbol" && value.path.startsWith("torch.") ? true : null;
}

function lengthOf(value: Value | undefined): Value | null {
  if (value?.kind === "const" && typeof value.value === "string") return constant([...value.value].length);
  if (!value || ("as" in value && value.as === "iterator")) return null;
  const items = membersOf(value);
  return items ? constant(items.length) : null;
}

function toNumber([value, ...more]: readonly Value[], to: "int" | "float"): Value | null {
  if (!value) return to === "int" ? constant(0) : floating(0);
  if (more.length > 0) return null;
  if (value.kind === "choice") {
    const [then, otherwise] = [toNumber([value.then], to), toNumber([value.otherwise], to)];
    return then && otherwise && { ...value, then, otherwise };
  }
  if (value.kind === "unknown" && value.fromCheckpoint)
    return { ...derived(`${to}($0)`, value), fromCheckpoint: value.fromCheckpoint };
  if (value.kind !== "const") return null;
  if (typeof value.value !== "string") return convertNumber(value, to);
  // Texts that JavaScript reads as numbers are not those that Python does.
  const digits = value.value.replace(/^[ \t-\r]+|[ \t-\r]+$/g, "");
  const isNumber = to === "int" ? /^[+-]?\d+(?:_\d+)*$/ : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
  if (!isNumber.test(digits)) return null;
  const number = Number(digits.replaceAll("_", ""));
  return convertNumber(to === "int" ? constant(number) : floating(number), to);
}

function sequence(kind: "list" | "tuple" | "set", value: Value | undefined): Value | null {
  if (!value) return { kind, items: [], open: null };
  const items = kind === "set" ? membersOf(value) : itemsOf(value);
  if (!items) return null;
  return kind === "set" ? setOf(items) : { kind, items: [...items], open: null };
}

function makeDict(value: Value | undefined, args: readonly ArgumentValue[]): Value | null {
  if (value && value.kind !== "dict") return null;
  const made: DictValue = { kind: "dict", entries: new Map(value?.entries ?? []), open: value?.open ?? null };
  const spread = args.find(({ name }) => name === "**")?.value;
  if (spread) shadow(made, spread.kind === "unknown" ? spread : unknown("**"));
  for (const { name, value: given, site } of args) {
    if (name === null || name === "**") continue;
    made.entries.set(JSON.stringify(name), { key: constant(name), value: given, site });
  }
  return made;
}

function range(m: Machine, args: readonly Value[]): Value | null {
  const numbers = args.flatMap((arg) => integerOf(arg) ?? []);
  if (numbers.length !== args.length || numbers.length === 0) return null;
  const [from, to, step] =
    numbers.length === 1 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  if (count > LONGEST) return null;
  spend(m, count);
  return {
    kind: "list",
    as: "range",
    items: Array.from({ length: count }, (_, index) => constant(from + index * step)),
    open: null,
  };
}

function sorted(value: Value | undefined): Value | null {
  const items = value ? membersOf(value) : null;
  const keys = items?.flatMap((item) => (item.kind === "const" ? [item] : [])) ?? [];
  if (!items || keys.length !== items.length || new Set(keys.map((key) => typeof key.value)).size > 1)
    return null;
  const order = [...keys].sort((a, b) =>
    compare("<", a, b) === TRUE ? -1 : compare(">", a, b) === TRUE ? 1 : 0,
  );
  return { kind: "list", items: order, open: null };
}

function extreme(_m: Machine, args: readonly Value[], op: "<" | ">"): Value | null {
  const [only] = args;
  if (args.length === 1 && only?.kind === "set" && only.items.some((item) => item.kind !== "const"))
    return null;
  const items = args.length === 1 && only ? membersOf(only) : args;
  if (!items || items.length === 0) return null;
  let best: Value | null = null;
  for (const item of items) {
    const better: Value = best ? compare(op, item, best) : TRUE;
    if (better !== TRUE && better !== FALSE)
      return derived(op === ">" ? "max($0)" : "min($0)", { kind: "tuple", items: [...items], open: null });
    if (better === TRUE) best = item;
  }
  return best;
}

function quantified(m: Machine, value: Value | undefined, wanted: boolean): Value | null {
  const items = value ? takeItems(value) : null;
  if (!value || !items) return null;
  const isMet = items.some((item) => truth(m, item) === wanted);
  if (!isMet) endOf(value);
  return constant(isMet === wanted);
}
