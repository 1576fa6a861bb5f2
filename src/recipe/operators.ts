import type { Machine } from "./machine.ts";
import { ancestryOf, findMember } from "./classes.ts";
import { callHook, stir } from "./hooks.ts";
import { arithmetic, integerOf, numberOf, unaryNumber } from "./numbers.ts";
import {
  constant,
  FALSE,
  identity,
  isMutable,
  TRUE,
  unknown,
  dictKey,
  isOpenKey,
  LONGEST,
  mergeDict,
  type Choice,
  type Const,
  type DictSlot,
  type DictValue,
  type FunctionValue,
  type ListValue,
  type Unknown,
  type Value,
} from "./value.ts";

/** What a person reads of a value inside a larger expression. */
export function show(value: Value): string {
  if (value.kind === "unknown") return value.shown;
  if (value.kind === "const" && value.value === null) return "None";
  if (value.kind === "const" && typeof value.value === "boolean") return value.value ? "True" : "False";
  return value.kind === "object" ? `<${value.type.name}>` : identity(value);
}

/** An unknown made from others: its identity is the operation over theirs. */
export function derived(shape: string, ...parts: readonly Value[]): Unknown {
  let key = shape;
  let shown = shape;
  parts.forEach((part, index) => {
    key = key.replace(`$${index}`, () => (part.kind === "unknown" ? `(${part.key})` : identity(part)));
    shown = shown.replace(`$${index}`, () => show(part));
  });
  return unknown(shortened(shown, LONGEST_SHOWN), shortened(key, LONGEST_KEY));
}

const LONGEST_SHOWN = 120;
const LONGEST_KEY = 1_000;

/** Keeps expressions over expressions from growing without bound; what is cut off still counts, as a number. */
function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…${fingerprint(text)}`;
}

/** 53 bits of a text (cyrb53): enough to tell apart the expressions of one recipe. */
function fingerprint(text: string): string {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return (4294967296 * (2097151 & high) + (low >>> 0)).toString(36);
}

/** More sides than this are not worth keeping apart: operations over them multiply. */
const MOST_SIDES = 8;

/** Applies a pure operation to each side of a choice. */
function overChoice(value: Choice, shape: () => string, apply: (side: Value) => Value): Value {
  if (countSides(value) > MOST_SIDES) return derived(shape(), value);
  const then = apply(value.then);
  const otherwise = apply(value.otherwise);
  return identity(then) === identity(otherwise)
    ? then
    : { kind: "choice", condition: value.condition, then, otherwise };
}

function countSides(value: Value): number {
  if (value.kind !== "choice") return 1;
  const then = countSides(value.then);
  return then > MOST_SIDES ? then : then + countSides(value.otherwise);
}

/** The truth of a value; what cannot be computed is decided for this run. */
export function truth(m: Machine, value: Value): boolean {
  const known = truthOf(value);
  if (known !== null) return known;
  if (value.kind === "choice") {
    return truth(m, m.decide(unknown(value.condition)) ? value.then : value.otherwise);
  }
  if (value.kind === "unknown") return m.decide(value);
  const said =
    callHook(m, value, { name: "__bool__", args: [] }) ?? callHook(m, value, { name: "__len__", args: [] });
  if (said) return truth(m, said);
  stir(m, value);
  return m.decide(derived("bool($0)", value));
}

/** The truth of a value; null where it cannot be computed. */
export function truthOf(value: Value): boolean | null {
  switch (value.kind) {
    case "const":
      return value.value !== null && value.value !== false && value.value !== 0 && value.value !== "";
    case "list":
    case "tuple":
    case "set":
      return value.as === "iterator" || value.items.length > 0 ? true : value.open ? null : false;
    case "dict":
      return value.entries.size > 0 ? true : value.open ? null : false;
    case "object":
      if (hasOwnOperator(value, "__bool__", "__len__")) return null;
      return ancestryOf(value.type).complete ? true : null;
    case "symbol":
      if (value.path === "typing.TYPE_CHECKING") return false;
      return value.path.startsWith("torch.") ? true : null;
    case "unknown":
      return value.fromCheckpoint === "size" ? true : null;
    case "choice":
      return null;
    default:
      return true;
  }
}

export function negate(value: Value): Value {
  const known = truthOf(value);
  if (known !== null) return constant(!known);
  if (value.kind === "choice") return overChoice(value, () => "not $0", negate);
  if (value.kind === "unknown" && value.key.startsWith("not ")) {
    return unknown(value.shown.slice("not ".length), value.key.slice("not ".length));
  }
  return value.kind === "unknown"
    ? unknown(`not ${value.shown}`, `not ${value.key}`)
    : derived("not $0", value);
}

export function unary(op: string, operand: Value): Value {
  if (op === "not") return negate(operand);
  if (operand.kind === "choice")
    return overChoice(
      operand,
      () => `${op}$0`,
      (side) => unary(op, side),
    );
  return unaryNumber(op, operand) ?? derived(`${op}$0`, operand);
}

export function binary(op: string, left: Value, right: Value): Value {
  if (left.kind === "choice")
    return overChoice(
      left,
      () => `$0 ${op} ${identity(right)}`,
      (side) => binary(op, side, right),
    );
  if (right.kind === "choice")
    return overChoice(
      right,
      () => `${identity(left)} ${op} $0`,
      (side) => binary(op, left, side),
    );
  return (
    arithmetic(op, left, right) ??
    textual(op, left, right) ??
    sequences(op, left, right) ??
    derived(`$0 ${op} $1`, left, right)
  );
}

function textual(op: string, left: Value, right: Value): Value | null {
  if (left.kind !== "const" || typeof left.value !== "string") return null;
  if (op === "+" && right.kind === "const" && typeof right.value === "string") {
    return left.value.length + right.value.length > 10 * LONGEST ? null : constant(left.value + right.value);
  }
  const times = op === "*" ? integerOf(right) : null;
  return times !== null && times * left.value.length < 10_000
    ? constant(left.value.repeat(Math.max(0, times)))
    : null;
}

function sequences(op: string, left: Value, right: Value): Value | null {
  if (op === "|" && left.kind === "dict" && right.kind === "dict") {
    const merged: Value = { kind: "dict", entries: new Map(left.entries), open: left.open };
    mergeDict(merged, right);
    return merged;
  }
  if (isLazy(left) || isLazy(right)) return null;
  if (left.kind !== "list" && left.kind !== "tuple") {
    return op === "*" && (right.kind === "list" || right.kind === "tuple")
      ? sequences(op, right, left)
      : null;
  }
  if (op === "+" && right.kind === left.kind) {
    if (left.items.length + right.items.length > LONGEST) return null;
    return { kind: left.kind, items: [...left.items, ...right.items], open: left.open ?? right.open };
  }
  const times = op === "*" ? integerOf(right) : null;
  if (times === null || times * left.items.length > 10_000) return null;
  const items = Array.from({ length: Math.max(0, times) }, () => left.items).flat();
  return { kind: left.kind, items, open: left.open };
}

export function compare(op: string, left: Value, right: Value): Value {
  if (left.kind === "choice")
    return overChoice(
      left,
      () => `$0 ${op} ${identity(right)}`,
      (side) => compare(op, side, right),
    );
  if (right.kind === "choice")
    return overChoice(
      right,
      () => `${identity(left)} ${op} $0`,
      (side) => compare(op, left, side),
    );
  switch (op) {
    case "==":
      return fromTruth(equal(left, right), () => derived("$0 == $1", left, right));
    case "!=":
      return negate(compare("==", left, right));
    case "is":
      return fromTruth(same(left, right), () => derived("$0 is $1", left, right));
    case "is not":
      return negate(compare("is", left, right));
    case "in":
      return fromTruth(contains(right, left), () => derived("$0 in $1", left, right));
    case "not in":
      return negate(compare("in", left, right));
    default:
      return ordered(op, left, right);
  }
}

function fromTruth(known: boolean | null, otherwise: () => Value): Value {
  return known === null ? otherwise() : known ? TRUE : FALSE;
}

/** Python's `==`, or null where it cannot be told. */
export function equal(left: Value, right: Value): boolean | null {
  if (left.kind === "unknown" || right.kind === "unknown") {
    // A number that is none differs from itself.
    if (/\bfloat\(|\bnan\b/i.test(identity(left))) return null;
    return identity(left) === identity(right) ? true : null;
  }
  if (left.kind === "const" && right.kind === "const") return sameConst(left, right);
  if (left.kind === "symbol" && right.kind === "symbol") {
    return left.path === right.path ? true : bothDtypes(left.path, right.path) ? false : null;
  }
  if (left.kind === "symbol" || right.kind === "symbol") return symbolAgainst(left, right);
  if (isSequence(left) && isSequence(right)) return sequencesEqual(left, right);
  if (left.kind === "const" || right.kind === "const") {
    const other = left.kind === "const" ? right : left;
    return other.kind === "object" && !plainObject(other) ? null : false;
  }
  if (left.kind === "function" && right.kind === "function") return sameFunction(left, right);
  if (hasOwnOperator(left, "__eq__") || hasOwnOperator(right, "__eq__")) return null;
  if (identity(left) === identity(right)) return true;
  return isMutable(left) || isMutable(right) ? null : false;
}

/** Two functions of one `def` are one if it ran once. */
function sameFunction(left: FunctionValue, right: FunctionValue): boolean | null {
  if (left === right) return true;
  if (left.def !== right.def) return false;
  return left.scope === null && left.def.kind === "FunctionDef" && !left.wrap && !right.wrap ? true : null;
}

/** Whether an object's class has an operator of its own, which may answer anything. */
function hasOwnOperator(value: Value, ...names: readonly string[]): boolean {
  return value.kind === "object" && names.some((name) => findMember(value.type, name) !== null);
}

function plainObject(value: Value): boolean {
  return (
    value.kind === "object" &&
    !hasOwnOperator(value, "__eq__") &&
    (value.type.source !== null || value.type.table !== null)
  );
}

function symbolAgainst(left: Value, right: Value): boolean | null {
  const [one, other] = left.kind === "symbol" ? [left, right] : [right, left];
  if (one.kind !== "symbol" || other.kind !== "const") return null;
  // A class or a dtype is no constant; an imported variable may be, and an enum's member may equal one.
  return /^torch\.|\.[A-Z]\w*$/.test(one.path) && !/\.[A-Z0-9_]+$/.test(one.path) ? false : null;
}

function bothDtypes(a: string, b: string): boolean {
  const dtype = /^torch\.(u?int|bfloat|float|bool|complex)\w*$/;
  return dtype.test(a) && dtype.test(b);
}

function sameConst(left: Const, right: Const): boolean {
  const a = numberOf(left);
  return a === null ? left.value === right.value : a === numberOf(right);
}

/** Whether a value only looks like a list: it is walked, not added to or compared. */
function isLazy(value: Value): boolean {
  return isSequence(value) && value.as !== undefined;
}

function isSequence(value: Value): value is Extract<Value, { items: Value[] }> {
  return value.kind === "list" || value.kind === "tuple" || value.kind === "set";
}

function sequencesEqual(left: ListValue, right: ListValue): boolean | null {
  if (left.as !== right.as) return left.as === "view" || right.as === "view" ? null : false;
  if (left.as === "view" || left.as === "iterator") return left === right ? true : null;
  if (left.kind !== right.kind) return false;
  return left.kind === "set" ? setsEqual(left, right) : sequenceEqual(left, right);
}

function setsEqual(left: ListValue, right: ListValue): boolean | null {
  if (left.open || right.open || [...left.items, ...right.items].some(isOpenKey)) return null;
  const keys = new Set(right.items.map(dictKey));
  return left.items.length === keys.size && left.items.every((item) => keys.has(dictKey(item)));
}

function sequenceEqual(left: { items: Value[]; open: Unknown | null }, right: typeof left): boolean | null {
  if (left.open || right.open) return null;
  if (left.items.length !== right.items.length) return false;
  let sure = true;
  for (const [index, item] of left.items.entries()) {
    const other = right.items[index];
    const result = other ? equal(item, other) : false;
    if (result === false) return false;
    sure &&= result === true;
  }
  return sure ? true : null;
}

/** Python's `is`, or null where it cannot be told. */
function same(left: Value, right: Value): boolean | null {
  if (left.kind === "object" && right.kind === "object") return left === right;
  if (left.kind === "tuple" && right.kind === "tuple") return left === right ? true : null;
  if (isMutable(left) && isMutable(right)) return left === right;
  if (left.kind === "const" && right.kind === "const") {
    if (!sameConst(left, right) || typeof left.value !== typeof right.value) return false;
    // Two equal numbers or texts may be one object or two.
    return left.value === null || typeof left.value === "boolean" ? true : null;
  }
  if (isMutable(left) || isMutable(right)) {
    const other = isMutable(left) ? right : left;
    return other.kind === "const" || other.kind === "tuple" ? false : null;
  }
  return equal(left, right);
}

function contains(container: Value, item: Value): boolean | null {
  if (container.kind === "const" && typeof container.value === "string") {
    return item.kind === "const" && typeof item.value === "string"
      ? container.value.includes(item.value)
      : null;
  }
  if (container.kind === "dict") {
    const entry = entryOf(container, item);
    return entry === "unsure" ? null : entry !== "absent";
  }
  if (!isSequence(container)) return null;
  const results = container.items.map((one) => equal(one, item));
  if (results.includes(true)) return true;
  return container.open || results.includes(null) ? null : false;
}

/** The entry of a key. An enum's member whose class is not at hand may be the same key as a text or a number. */
export function entryOf(dict: DictValue, key: Value): DictSlot | "absent" | "unsure" {
  const found = dict.entries.get(dictKey(key));
  if (found) return found;
  if (dict.open || isOpenKey(key)) return "unsure";
  return [...dict.entries.values()].some((slot) => mayBeSame(slot.key, key)) ? "unsure" : "absent";
}

function mayBeSame(left: Value, right: Value): boolean {
  return (left.kind === "symbol" || right.kind === "symbol") && equal(left, right) !== false;
}

function ordered(op: string, left: Value, right: Value): Value {
  if (left.kind === "unknown" && left.fromCheckpoint === "size" && (numberOf(right) ?? 1) <= 0)
    return constant(op.startsWith(">"));
  const texts = left.kind === "const" && right.kind === "const" ? [left.value, right.value] : [];
  const isText = texts.every((part) => typeof part === "string");
  // JavaScript orders UTF-16 units, Python code points.
  if (isText && texts.some((part) => /[\ud800-\uffff]/.test(part)))
    return derived(`$0 ${op} $1`, left, right);
  const [a, b] = isText ? texts : [numberOf(left), numberOf(right)];
  if (a === null || b === null || a === undefined || b === undefined)
    return derived(`$0 ${op} $1`, left, right);
  if (op === "<") return constant(a < b);
  if (op === "<=") return constant(a <= b);
  if (op === ">") return constant(a > b);
  return op === ">=" ? constant(a >= b) : derived(`$0 ${op} $1`, left, right);
}
