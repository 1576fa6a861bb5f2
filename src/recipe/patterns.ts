import type { Name, Pattern } from "../python/syntax.ts";
import { capturesOf } from "../python/patterns.ts";
import { getAttribute, hasAttribute } from "./attributes.ts";
import { isInstance } from "./builtins.ts";
import { scopeOf, textOf } from "./expressions.ts";
import { takes } from "./exceptions.ts";
import { forget } from "./forget.ts";
import { compareBy } from "./hooked-operators.ts";
import { stir } from "./hooks.ts";
import { PythonError, type Machine } from "./machine.ts";
import { matchArgsOf } from "./match-args.ts";
import { entryOf, show, truth } from "./operators.ts";
import { dictKey, unknown, type DictValue, type Environment, type ObjectValue, type Value } from "./value.ts";

interface Asked<P extends Pattern = Pattern> {
  readonly pattern: P;
  readonly subject: Value;
}

type Of<Kind extends Pattern["kind"]> = Asked<Extract<Pattern, { kind: Kind }>>;

/** The names that a fitting pattern binds. */
export type Captured = readonly { readonly target: Name; readonly value: Value }[];

/** What a pattern without captures comes to: one comparison, or one `isinstance`. Null for any other pattern. */
export function questionOf(m: Machine, { pattern, subject }: Asked, env: Environment): Value | null {
  if (pattern.kind === "Value") {
    const { value } = pattern;
    const isSingle = value.kind === "Constant" && (value.value === null || typeof value.value === "boolean");
    return compareBy(m, isSingle ? "is" : "==", [subject, m.evaluate(value, env)]);
  }
  if (pattern.kind !== "Class" || pattern.args.length + pattern.named.length > 0) return null;
  return isInstance(m, subject, typeIn(m, pattern, env));
}

const NO_CLASS: ReadonlySet<Value["kind"]> = new Set([
  "const",
  "list",
  "tuple",
  "set",
  "dict",
  "function",
  "method",
  "module",
] as const);

/** The class that a pattern names; unlike `isinstance`, it takes no tuple of them. */
function typeIn(m: Machine, { type }: Of<"Class">["pattern"], env: Environment): Value {
  const value = m.evaluate(type, env);
  if (NO_CLASS.has(value.kind)) throw new PythonError("TypeError", `${show(value)} is no class`);
  return value;
}

/** Matches a value, deciding on the way what cannot be told; null where it does not fit. */
export function fit(m: Machine, asked: Asked, env: Environment): Captured | null {
  const { pattern, subject } = asked;
  const question = questionOf(m, asked, env);
  if (question) return truth(m, question) ? [] : null;
  switch (pattern.kind) {
    case "Capture":
    case "Star":
      return pattern.name ? [{ target: pattern.name, value: subject }] : [];
    case "As": {
      const captured = fit(m, { pattern: pattern.pattern, subject }, env);
      return captured && [...captured, { target: pattern.name, value: subject }];
    }
    case "Or":
      for (const option of pattern.options) {
        const captured = fit(m, { pattern: option, subject }, env);
        if (captured) return captured;
      }
      return null;
    case "Sequence":
      return fitSequence(m, { pattern, subject: settled(m, subject) }, env);
    case "Mapping":
      return fitMapping(m, { pattern, subject: settled(m, subject) }, env);
    case "Class":
      return fitClass(m, { pattern, subject: settled(m, subject) }, env);
    default:
      return ask(m, asked, env);
  }
}

/** The side of a choice that this run takes. */
function settled(m: Machine, value: Value): Value {
  if (value.kind !== "choice") return value;
  return settled(m, m.decide(unknown(value.condition)) ? value.then : value.otherwise);
}

/** Kinds of values that are neither sequences nor mappings. */
const NO_COLLECTION: ReadonlySet<Value["kind"]> = new Set(["const", "set", "function", "method", "class"]);

function fitSequence(m: Machine, { pattern, subject }: Of<"Sequence">, env: Environment): Captured | null {
  if (NO_COLLECTION.has(subject.kind) || subject.kind === "dict") return null;
  if (subject.kind !== "list" && subject.kind !== "tuple") return ask(m, { pattern, subject }, env);
  // What is walked once, and a view on a dict, have no order of places.
  if (subject.as === "iterator" || subject.as === "view") return null;
  if (subject.open) return ask(m, { pattern, subject }, env);
  const parts = dealt(pattern.items, subject.items);
  return parts && fitAll(m, parts, env);
}

/** Gives each pattern its item, and a starred one what the others leave; null where their numbers differ. */
function dealt(patterns: readonly Pattern[], items: readonly Value[]): readonly Asked[] | null {
  const star = patterns.findIndex(({ kind }) => kind === "Star");
  const spare = items.length - patterns.length;
  if (star < 0 ? spare !== 0 : spare < -1) return null;
  return patterns.map((pattern, index) => {
    if (index === star) {
      const taken = items.slice(star, star + spare + 1);
      return { pattern, subject: { kind: "list", items: taken, open: null } };
    }
    const at = star >= 0 && index > star ? index + spare : index;
    return { pattern, subject: items[at] ?? unknown("an item that is not there") };
  });
}

function fitAll(m: Machine, parts: readonly Asked[], env: Environment): Captured | null {
  const all: Captured[number][] = [];
  for (const part of parts) {
    const captured = fit(m, part, env);
    if (!captured) return null;
    all.push(...captured);
  }
  return all;
}

function fitMapping(m: Machine, { pattern, subject }: Of<"Mapping">, env: Environment): Captured | null {
  if (NO_COLLECTION.has(subject.kind) || subject.kind === "list" || subject.kind === "tuple") return null;
  if (subject.kind !== "dict") return ask(m, { pattern, subject }, env);
  const keys = pattern.entries.map(({ key }) => m.evaluate(key, env));
  stir(m, subject, ...keys);
  const found = keys.map((key) => entryOf(subject, key));
  if (found.includes("absent")) return null;
  const parts = pattern.entries.flatMap(({ value }, index) => {
    const entry = found[index];
    return typeof entry === "object" ? [{ pattern: value, subject: entry.value }] : [];
  });
  if (parts.length < keys.length) return ask(m, { pattern, subject }, env);
  const captured = fitAll(m, parts, env);
  if (!captured || !pattern.rest) return captured;
  return [...captured, { target: pattern.rest, value: without(subject, keys) }];
}

function without(dict: DictValue, keys: readonly Value[]): DictValue {
  const entries = new Map(dict.entries);
  for (const key of keys) entries.delete(dictKey(key));
  return { kind: "dict", entries, open: dict.open };
}

/** Python's own classes whose one argument in a pattern is the value itself. */
const WHOLE: ReadonlySet<string> = new Set(
  "bool bytearray bytes dict float frozenset int list set str tuple".split(" "),
);

function fitClass(m: Machine, { pattern, subject }: Of<"Class">, env: Environment): Captured | null {
  const type = typeIn(m, pattern, env);
  if (!truth(m, isInstance(m, subject, type))) return null;
  const [whole, ...more] = pattern.args;
  const isWhole = type.kind === "builtin" && WHOLE.has(type.name) && more.length + pattern.named.length === 0;
  if (isWhole && whole) return fit(m, { pattern: whole, subject }, env);
  const places = whole ? matchArgsOf(m, type) : [];
  // A class may have fewer places than the pattern asks for, which raises.
  if (!places) m.unfollowed += 1;
  if (!places || subject.kind !== "object") return ask(m, { pattern, subject }, env);
  if (places.length < pattern.args.length)
    throw new PythonError("TypeError", `${show(type)}() accepts ${places.length} positional sub-patterns`);
  const byPlace = pattern.args.map((value, index) => ({ name: places[index] ?? "", value }));
  const all: Captured[number][] = [];
  for (const { name, value } of [...byPlace, ...pattern.named]) {
    const held = truth(m, hasAttribute(m, subject, name)) ? attributeOf(m, subject, name) : null;
    const captured = held && fit(m, { pattern: value, subject: held }, env);
    if (!captured) return null;
    all.push(...captured);
  }
  return all;
}

/** An attribute; null where the code behind it says that there is none. */
function attributeOf(m: Machine, object: ObjectValue, name: string): Value | null {
  try {
    return getAttribute(m, object, name);
  } catch (error) {
    if (error instanceof PythonError && takes({ kind: "builtin", name: "AttributeError" }, error))
      return null;
    throw error;
  }
}

/** A question that nobody can answer: the run takes it one way, and what a fitting pattern binds is unknown. */
function ask(m: Machine, { pattern, subject }: Asked, env: Environment): Captured | null {
  const shown = `${show(subject)} matches ${textOf(env, pattern)}`;
  // Code of its class may run.
  if (subject.kind === "object") forget(m, subject, `after ${shown}`);
  else stir(m, subject);
  if (!m.decide(unknown(shown, m.nth(`${scopeOf(env)}:${shown}`)))) return null;
  return capturesOf(pattern).map((target) => {
    const part = `${target.id} where ${shown}`;
    return { target, value: { ...unknown(part, m.nth(`${scopeOf(env)}:${part}`)), may: [subject] } };
  });
}
