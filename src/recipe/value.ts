import type { Span } from "../edit.ts";
import type { Call, ClassDef, Expr, FunctionDef, Lambda, Stmt } from "../python/syntax.ts";
import type { Machine } from "./machine.ts";
import type { SourceModule } from "./source-module.ts";

/** `None`, a truth value, a number or a text. */
export interface Const {
  readonly kind: "const";
  readonly value: null | boolean | number | string;
  /** Of a whole number: a float, or that nobody knows which. An int where there is nothing. */
  readonly numeric?: "float" | "either";
}

/** Something of a library that we know by its import path only: `torch.bfloat16`, a preset, an enum member. */
export interface Symbol {
  readonly kind: "symbol";
  readonly path: string;
}

/** A value that we cannot compute. Its identity is the key: the same key is the same value. */
export interface Unknown {
  readonly kind: "unknown";
  readonly key: string;
  /** What a person reads: the expression, or why there is none. */
  readonly shown: string;
  /** Whether an annotation says that it is not None. */
  readonly isSet?: boolean;
  /** What a checkpoint's description says: data, with which nothing can be done that shows. A size is at least 1. */
  readonly fromCheckpoint?: "data" | "size";
  /** Objects that it, or a part of it, may be: what changes it may change those. */
  readonly may?: readonly Value[];
}

/** One of two values, as a condition that we cannot compute decides. */
export interface Choice {
  readonly kind: "choice";
  readonly condition: string;
  readonly then: Value;
  readonly otherwise: Value;
}

/** A mutable list, or a tuple or set. `open` says why there may be other items than these. */
export interface ListValue {
  readonly kind: "list" | "tuple" | "set";
  /** For what only looks like a list: what `range` gives, a view on a dict, or what is walked once. */
  readonly as?: "range" | "view" | "iterator";
  /** The ValueError that comes where what is walked once has no more items. */
  readonly fails?: string;
  items: Value[];
  open: Unknown | null;
}

export interface DictSlot {
  readonly key: Value;
  readonly value: Value;
  /** Where the entry was written, so that a `**spread` leads back to it. */
  readonly site: Site | null;
}

/** A mutable mapping from the printed form of its keys. `open` says why there may be other entries than these. */
export interface DictValue {
  readonly kind: "dict";
  readonly entries: Map<string, DictSlot>;
  open: Unknown | null;
}

/** An instance of a class, with the fields that were set; others come from the class. */
export interface ObjectValue {
  readonly kind: "object";
  readonly id: number;
  readonly type: ClassValue;
  readonly fields: Map<string, Slot>;
  /** Why fields that are not set here may have any value. */
  open: Unknown | null;
  /** The object that this one repeats, where a call was remembered instead of run again. */
  readonly origin?: ObjectValue;
}

export interface Slot {
  readonly value: Value;
  /** Null where a default of the class or the library set it. */
  readonly write: Write | null;
}

export interface ClassValue {
  readonly kind: "class";
  readonly name: string;
  /** Import path of the definition: the class's identity. */
  readonly path: string;
  readonly bases: readonly Value[];
  readonly source: {
    readonly def: ClassDef;
    readonly module: SourceModule;
    readonly scope: Environment | null;
  } | null;
  /** What the catalog knows of a class whose source is not at hand. */
  readonly table: ClassTable | null;
}

/** The fields of a dataclass in the order of its constructor. */
export interface ClassTable {
  readonly fields: readonly FieldEntry[];
  readonly methods: ReadonlySet<string>;
}

export interface FieldEntry {
  readonly name: string;
  readonly required: boolean;
  /** Whether the constructor takes it. */
  readonly init: boolean;
  /** Makes the default anew, as a `default_factory` would. */
  make(m: Machine): Value;
}

export interface FunctionValue {
  readonly kind: "function";
  readonly def: FunctionDef | Lambda;
  readonly name: string;
  /** Import path for a function of a module, with `<locals>` for one inside another. */
  readonly path: string;
  readonly module: SourceModule;
  /** The function call around the definition; null for one at module level, which every run shares. */
  readonly scope: Environment | null;
  readonly owner: ClassValue | null;
  /** The defaults of parameters, where they were computed when the function was made. */
  readonly defaults?: ReadonlyMap<string, Value>;
  /** What sets it apart from its `def`: its results are kept, or it has another function's name. */
  readonly wrap?: "cached" | "renamed";
}

export interface BoundMethod {
  readonly kind: "method";
  readonly func: Value;
  readonly self: Value;
}

/** A function that we implement, of Python itself or of a library. */
export interface Builtin {
  readonly kind: "builtin";
  readonly name: string;
}

export interface ModuleValue {
  readonly kind: "module";
  readonly module: SourceModule;
}

/** `super()` inside a method: looks for attributes behind `after` in the order of the object's classes. */
export interface SuperValue {
  readonly kind: "super";
  readonly self: ObjectValue;
  readonly after: ClassValue;
}

export interface Partial {
  readonly kind: "partial";
  readonly func: Value;
  readonly args: readonly ArgumentValue[];
}

export type Value =
  | Const
  | Symbol
  | Unknown
  | Choice
  | ListValue
  | DictValue
  | ObjectValue
  | ClassValue
  | FunctionValue
  | BoundMethod
  | Builtin
  | ModuleValue
  | SuperValue
  | Partial;

/** A value on its way into a call; `name` null for a positional one. */
export interface ArgumentValue {
  readonly name: string | null;
  readonly value: Value;
  readonly site: Site | null;
}

/** The place of a write. */
export interface Site extends Span {
  readonly module: SourceModule;
  /** The statement that holds the place. */
  readonly stmt: Stmt;
  readonly form: "attribute" | "keyword" | "positional" | "setattr" | "dictEntry";
  /** The written value's expression. */
  readonly value: Expr | null;
  /** For an attribute the assigned target, for `setattr` the object. */
  readonly target: Expr | null;
  /** The call that a keyword belongs to. */
  readonly call: Call | null;
  /** The function whose body holds the place; null at module level. */
  readonly func: FunctionDef | Lambda | null;
  /** The variables there, as they are when the function ends. */
  readonly scope: Environment;
}

/** One assignment to a field of an object, in the order of execution. */
export interface Write {
  readonly order: number;
  readonly object: ObjectValue;
  readonly field: string;
  readonly value: Value;
  /** What the field held before; null if only a default of the class. */
  readonly previous: Value | null;
  readonly site: Site;
}

/** The variables of a function call, with those of the functions around it. */
export interface Environment {
  readonly vars: Map<string, Value>;
  readonly parent: Environment | null;
  readonly module: SourceModule;
  /** The function whose body runs; null at module level. */
  readonly func: FunctionValue | null;
  /** Whether the variables are the module's own attributes. */
  readonly isModule: boolean;
  /** Names that this function declares `global`. */
  globals: ReadonlySet<string> | null;
  /** Names that it declares `nonlocal`. */
  nonlocals: ReadonlySet<string> | null;
  /** The statement being executed. */
  stmt: Stmt | null;
}

export const NONE: Const = { kind: "const", value: null };
export const TRUE: Const = { kind: "const", value: true };
export const FALSE: Const = { kind: "const", value: false };

export function constant(value: Const["value"]): Const {
  if (value === null) return NONE;
  if (typeof value === "boolean") return value ? TRUE : FALSE;
  return { kind: "const", value };
}

/** A number that Python holds as a float. */
export function floating(value: number): Const {
  return Number.isInteger(value) ? { kind: "const", value, numeric: "float" } : { kind: "const", value };
}

/** Whether a value is certainly this constant. */
export function isConstant(value: Value, constant: Const["value"]): boolean {
  return value.kind === "const" && value.value === constant;
}

/** An unknown whose identity is its description. */
export function unknown(shown: string, key: string = shown): Unknown {
  return { kind: "unknown", key, shown };
}

export function symbol(path: string): Symbol {
  return { kind: "symbol", path };
}

/** Whether the value is shared when it is assigned, so that a change through one name shows through the other. */
export function isMutable(value: Value): value is ListValue | DictValue | ObjectValue {
  return value.kind === "object" || value.kind === "list" || value.kind === "dict" || value.kind === "set";
}

/** Whether a value gives each of its items once, and is used up then. */
export function isWalkedOnce(value: Value): value is ListValue {
  return value.kind === "list" && value.as === "iterator";
}

/** The text under which a dict keeps a key: 1, 1.0 and True are one. */
export function dictKey(key: Value): string {
  if (key.kind === "const" && typeof key.value === "boolean") return String(Number(key.value));
  return key.kind === "tuple" ? `tuple[${key.items.map(dictKey).join(", ")}]` : identity(key);
}

/** Whether nobody can tell which key, or which member of a set, a value is. */
export function isOpenKey(key: Value): boolean {
  if (key.kind === "tuple") return key.open !== null || key.items.some(isOpenKey);
  // Two closures of one text are two functions.
  if (key.kind === "function") return key.scope !== null || key.def.kind === "Lambda";
  return key.kind === "unknown" || key.kind === "choice" || key.kind === "object";
}

/** A set of these members, of which one may be another. */
export function setOf(members: readonly Value[]): ListValue {
  const items = [...new Map(members.map((item) => [dictKey(item), item])).values()];
  const doubtful = items.length > 1 ? items.find(isOpenKey) : undefined;
  return { kind: "set", items, open: doubtful ? unknown("members that may be the same") : null };
}

/** Adds entries that win over those that are there; where others may come along, any of those may be replaced. */
export function mergeDict(into: DictValue, from: DictValue): void {
  if (from.open) shadow(into, from.open);
  for (const [key, slot] of from.entries) into.entries.set(key, slot);
}

/** Leaves open what a dict holds: entries that nobody knows come on top. */
export function shadow(dict: DictValue, by: Unknown): void {
  for (const [key, slot] of dict.entries)
    dict.entries.set(key, {
      ...slot,
      value: unknown(`${by.shown} may replace it`, `${by.key}[${key}] over ${identity(slot.value)}`),
    });
  dict.open = by;
}

/** The values that a choice may take, in order and without repeats. */
export function alternatives(value: Value): readonly Value[] {
  if (value.kind !== "choice") return [value];
  const all = [...alternatives(value.then), ...alternatives(value.otherwise)];
  return all.filter((one, index) => all.findIndex((other) => identity(other) === identity(one)) === index);
}

/** No list and no text of a recipe is longer; what would be is unknown. */
export const LONGEST = 10_000;

const DEEPEST = 60;

/** A text that is equal for two values exactly when they are the same value. Objects are equal to themselves. */
export function identity(value: Value): string {
  return identityAt(value, 0);
}

function identityAt(value: Value, depth: number): string {
  // A list may hold itself.
  if (depth > DEEPEST) return "…";
  const inside = (part: Value) => identityAt(part, depth + 1);
  switch (value.kind) {
    case "const":
      return typeof value.value === "string" ? JSON.stringify(value.value) : String(value.value);
    case "symbol":
      return value.path;
    case "unknown":
      return `?${value.key}`;
    case "choice":
      return `(${value.condition} ? ${inside(value.then)} : ${inside(value.otherwise)})`;
    case "list":
    case "tuple":
    case "set":
      return `${value.kind}[${value.items.map(inside).join(", ")}${value.open ? `, ?${value.open.key}` : ""}]`;
    case "dict": {
      const entries = [...value.entries].map(([key, slot]) => `${key}: ${inside(slot.value)}`);
      return `{${entries.join(", ")}${value.open ? `, ?${value.open.key}` : ""}}`;
    }
    case "object":
      return `<${value.type.path}#${value.id}>`;
    case "class":
    case "function":
      return value.path;
    case "method":
      return `${inside(value.func)}@${inside(value.self)}`;
    case "builtin":
      return value.name;
    case "module":
      return value.module.name;
    case "super":
      return `super(${inside(value.self)})`;
    case "partial":
      return `partial(${inside(value.func)})`;
  }
}
