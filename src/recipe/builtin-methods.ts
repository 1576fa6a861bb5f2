import { PythonError, type Machine } from "./machine.ts";
import { integerOf, numberKind } from "./numbers.ts";
import { entryOf } from "./operators.ts";
import { TEXT } from "./text-methods.ts";
import {
  dictKey,
  LONGEST,
  mergeDict,
  shadow,
  constant,
  NONE,
  unknown,
  type ArgumentValue,
  setOf,
  type DictSlot,
  type DictValue,
  type ListValue,
  type Value,
} from "./value.ts";

type Method<Self> = (
  self: Self,
  args: readonly Value[],
  named: readonly ArgumentValue[],
  m: Machine,
) => Value | null;

/** The name under which a method of a plain value is known here, or null if it has none of that name. */
export function methodName(value: Value, name: string): string | null {
  if (value.kind === "const" && typeof value.value === "string")
    return METHODS.str.has(name) || name.startsWith("__") ? `str.${name}` : null;
  if (value.kind === "const" && value.value !== null)
    return METHODS.number.has(name) || name.startsWith("__") ? `number.${name}` : null;
  if (value.kind === "dict") return METHODS.dict.has(name) ? `dict.${name}` : null;
  if ((value.kind === "list" || value.kind === "set") && !value.as)
    return METHODS.list.has(name) ? `list.${name}` : null;
  return null;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** All methods that Python has: one that is not modelled below gives an unknown, not an AttributeError. */
const METHODS = {
  str: words(
    `capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii
    isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip
    maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines
    startswith strip swapcase title translate upper zfill __len__ __contains__ __eq__ __class__`,
  ),
  number: words(
    "bit_length bit_count conjugate real imag numerator denominator is_integer hex as_integer_ratio __class__",
  ),
  dict: words(
    "clear copy fromkeys get items keys pop popitem setdefault update values __getitem__ __setitem__ __contains__",
  ),
  list: words(
    `append clear copy count extend index insert pop remove reverse sort add discard difference
    difference_update intersection intersection_update isdisjoint issubset issuperset symmetric_difference union update
    __getitem__ __setitem__ __contains__ __len__`,
  ),
} as const;

/** Runs a method of a plain value; null where its result cannot be told. */
export function callMethodOf(m: Machine, name: string, args: readonly ArgumentValue[]): Value | null {
  const [type, method = ""] = name.split(".");
  const named = args.filter((arg) => arg.name !== null);
  const [self, ...rest] = args.filter((arg) => arg.name === null).map((arg) => arg.value);
  if (self?.kind === "const" && typeof self.value === "string" && type === "str") {
    return named.length === 0 ? (TEXT[method]?.(self.value, rest) ?? null) : null;
  }
  if (self?.kind === "dict" && type === "dict") return DICT[method]?.(self, rest, named, m) ?? null;
  const isList = self?.kind === "list" || self?.kind === "set";
  return isList && type === "list" ? (LIST[method]?.(self, rest, named, m) ?? null) : null;
}

const DICT: Readonly<Record<string, Method<DictValue>>> = {
  get: (self, [key, fallback]) => {
    const entry = key ? entryOf(self, key) : "unsure";
    if (entry === "unsure") return null;
    return entry === "absent" ? (fallback ?? NONE) : entry.value;
  },
  update: (self, [other], named) => {
    if (other && other.kind !== "dict") return null;
    if (other) mergeDict(self, other);
    for (const { name, value, site } of named) {
      if (name === "**") {
        shadow(self, value.kind === "unknown" ? value : unknown("**"));
        continue;
      }
      self.entries.set(JSON.stringify(name), { key: constant(name), value, site });
    }
    return NONE;
  },
  setdefault: (self, [key, fallback]) => {
    const entry = key ? entryOf(self, key) : "unsure";
    if (!key || entry === "unsure") return null;
    if (entry !== "absent") return entry.value;
    self.entries.set(dictKey(key), { key, value: fallback ?? NONE, site: null });
    return fallback ?? NONE;
  },
  pop: (self, [key, fallback]) => {
    const entry = key ? entryOf(self, key) : "unsure";
    if (!key || entry === "unsure") return null;
    if (entry === "absent") return missingKey(key, fallback);
    self.entries.delete(dictKey(key));
    return entry.value;
  },
  copy: (self) => ({ kind: "dict", entries: new Map(self.entries), open: self.open }),
  keys: (self) => viewOf(self, (slot) => slot.key),
  values: (self) => viewOf(self, (slot) => slot.value),
  items: (self) => viewOf(self, ({ key, value }) => ({ kind: "tuple", items: [key, value], open: null })),
  clear: (self) => {
    self.entries.clear();
    return NONE;
  },
};

/** `pop` of a key that is not there gives what it was told to, or raises. */
function missingKey(key: Value, fallback: Value | undefined): Value {
  if (!fallback) throw new PythonError("KeyError", dictKey(key));
  return fallback;
}

/** Shows what the dict holds when it is looked at, not when it was made. */
function viewOf(dict: DictValue, part: (slot: DictSlot) => Value): ListValue {
  return {
    kind: "list",
    as: "view",
    get items() {
      return [...dict.entries.values()].map(part);
    },
    get open() {
      return dict.open;
    },
  };
}

const LIST: Readonly<Record<string, Method<ListValue>>> = {
  append: (self, [item]) => {
    if (item) self.items.push(item);
    return NONE;
  },
  add: (self, [item]) => {
    if (!item || self.kind !== "set") return null;
    const added = setOf([...self.items, item]);
    self.items = added.items;
    self.open ??= added.open;
    return NONE;
  },
  extend: (self, [other]) => {
    const items = other ? takeItems(other) : null;
    if (!other || !items || self.items.length + items.length > LONGEST) return null;
    self.items.push(...items);
    endOf(other);
    return NONE;
  },
  insert: (self, [at, item]) => {
    const place = integerOf(at);
    if (place === null || !item || self.open) return null;
    self.items.splice(place, 0, item);
    return NONE;
  },
  copy: (self) => ({ kind: self.kind, items: [...self.items], open: self.open }),
  remove: (self, [item]) => {
    if (!item || [...self.items, item].some((one) => one.kind !== "const")) return null;
    const at = self.items.findIndex((one) => dictKey(one) === dictKey(item));
    if (at < 0) return null;
    self.items.splice(at, 1);
    return NONE;
  },
  pop: (self, [at]) => {
    if (self.open || (self.kind === "set" && self.items.length > 1)) return null;
    const place = at ? integerOf(at) : -1;
    if (place === null) return null;
    const index = place < 0 ? self.items.length + place : place;
    if (!(index in self.items)) throw new PythonError("IndexError", "pop index out of range");
    return self.items.splice(index, 1)[0] ?? null;
  },
};

/** The items that a loop over a value goes through, or null where they cannot be told. Empties an iterator. */
export function itemsOf(value: Value): readonly Value[] | null {
  const items = takeItems(value);
  if (items) endOf(value);
  return items;
}

/** Raises what comes behind the last item. */
export function endOf(value: Value): null {
  if (value.kind !== "list" || value.fails === undefined) return null;
  value.open ??= unknown("items after an exception");
  throw new PythonError("ValueError", value.fails);
}

/** The items alone, for one who does something with each before the end is reached. */
export function takeItems(value: Value): readonly Value[] | null {
  // A set of several members has an order that nobody knows.
  if (value.kind === "set" && value.items.length > 1) return null;
  if (value.kind === "list" || value.kind === "tuple" || value.kind === "set") {
    const { items } = value;
    if (value.open) return null;
    if (value.as === "iterator") value.items = [];
    return items;
  }
  if (value.kind === "dict") return value.open ? null : [...value.entries.values()].map((slot) => slot.key);
  if (value.kind === "const" && typeof value.value === "string") return [...value.value].map(constant);
  return null;
}

/** The items for something that does not care for their order. */
export function membersOf(value: Value): readonly Value[] | null {
  return value.kind === "set" && !value.open ? value.items : itemsOf(value);
}

/** Whether a text is one of Python's own type names, and a value is of that type; null if it cannot be told. */
export function isPlainType(value: Value, type: string): boolean | null {
  if (value.kind === "const" && value.numeric === "either" && (type === "int" || type === "float"))
    return null;
  const names = plainTypes(value);
  return names === null ? null : names.includes(type) || type === "object";
}

function plainTypes(value: Value): readonly string[] | null {
  switch (value.kind) {
    case "const":
      if (value.value === null) return ["NoneType"];
      if (typeof value.value === "boolean") return ["bool", "int"];
      if (typeof value.value === "number") return numberKind(value) === "float" ? ["float"] : ["int"];
      return ["str"];
    case "list":
    case "tuple":
    case "set":
    case "dict":
      if (value.kind === "dict" || !value.as) return [value.kind];
      return value.as === "range" ? ["range"] : null;
    case "object":
    case "function":
    case "method":
    case "partial":
      return [];
    case "class":
      return ["type"];
    case "symbol":
      return value.path.startsWith("torch.") ? [] : null;
    default:
      return null;
  }
}
