import type { Machine } from "./machine.ts";
import {
  mergeDict,
  constant,
  identity,
  NONE,
  type ArgumentValue,
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
    return METHODS.str.has(name) ? `str.${name}` : null;
  if (value.kind === "const" && value.value !== null)
    return METHODS.number.has(name) ? `number.${name}` : null;
  if (value.kind === "dict") return METHODS.dict.has(name) ? `dict.${name}` : null;
  if (value.kind === "list" || value.kind === "set") return METHODS.list.has(name) ? `list.${name}` : null;
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
    return TEXT[method]?.(self.value, rest, named, m) ?? null;
  }
  if (self?.kind === "dict" && type === "dict") return DICT[method]?.(self, rest, named, m) ?? null;
  const isList = self?.kind === "list" || self?.kind === "set";
  return isList && type === "list" ? (LIST[method]?.(self, rest, named, m) ?? null) : null;
}

function texts(args: readonly Value[]): string[] | null {
  const found = args.flatMap((arg) =>
    arg.kind === "const" && typeof arg.value === "string" ? [arg.value] : [],
  );
  return found.length === args.length ? found : null;
}

function textMethod(
  apply: (self: string, args: readonly string[]) => string | boolean | undefined,
): Method<string> {
  return (self, args) => {
    const known = texts(args);
    const result = known ? apply(self, known) : undefined;
    return result === undefined ? null : constant(result);
  };
}

function trimmer(ends: "both" | "left" | "right"): Method<string> {
  return textMethod((self, [characters = " \t\n\r\f\v"]) => {
    let from = 0;
    let to = self.length;
    while (ends !== "right" && from < to && characters.includes(self.charAt(from))) from += 1;
    while (ends !== "left" && to > from && characters.includes(self.charAt(to - 1))) to -= 1;
    return self.slice(from, to);
  });
}

function anyOf(test: (self: string, affix: string) => boolean): Method<string> {
  return (self, [affix]) => {
    const options = affix?.kind === "tuple" ? affix.items : affix ? [affix] : [];
    const known = texts(options);
    return known ? constant(known.some((one) => test(self, one))) : null;
  };
}

const TEXT: Readonly<Record<string, Method<string>>> = {
  lower: textMethod((self) => self.toLowerCase()),
  upper: textMethod((self) => self.toUpperCase()),
  capitalize: textMethod((self) => self.charAt(0).toUpperCase() + self.slice(1).toLowerCase()),
  replace: textMethod((self, [from, to]) =>
    from === undefined || from === "" || to === undefined ? undefined : self.replaceAll(from, to),
  ),
  removeprefix: textMethod((self, [affix = ""]) =>
    self.startsWith(affix) ? self.slice(affix.length) : self,
  ),
  removesuffix: textMethod((self, [affix = ""]) =>
    affix !== "" && self.endsWith(affix) ? self.slice(0, -affix.length) : self,
  ),
  strip: trimmer("both"),
  lstrip: trimmer("left"),
  rstrip: trimmer("right"),
  startswith: anyOf((self, affix) => self.startsWith(affix)),
  endswith: anyOf((self, affix) => self.endsWith(affix)),
  isdigit: textMethod((self) => /^\d+$/.test(self)),
  join: (self, [items]) => {
    const known = items?.kind === "list" || items?.kind === "tuple" ? texts(items.items) : null;
    return known ? constant(known.join(self)) : null;
  },
  split: (self, args) => {
    const [separator, ...more] = texts(args) ?? [""];
    if (args.length > 0 && (separator === "" || more.length > 0)) return null;
    const parts =
      separator === undefined ? self.split(/\s+/).filter((part) => part !== "") : self.split(separator);
    return { kind: "list", items: parts.map(constant), open: null };
  },
};

const DICT: Readonly<Record<string, Method<DictValue>>> = {
  get: (self, [key, fallback]) => {
    const slot = key && self.entries.get(identity(key));
    if (slot) return slot.value;
    return self.open || !key || key.kind === "unknown" || key.kind === "choice" ? null : (fallback ?? NONE);
  },
  update: (self, [other], named) => {
    if (other && other.kind !== "dict") return null;
    if (other) mergeDict(self, other);
    for (const { name, value, site } of named) {
      if (name === "**") return null;
      self.entries.set(JSON.stringify(name), { key: constant(name), value, site });
    }
    return NONE;
  },
  setdefault: (self, [key, fallback]) => {
    if (!key || key.kind === "unknown" || self.open) return null;
    const known = self.entries.get(identity(key));
    if (known) return known.value;
    self.entries.set(identity(key), { key, value: fallback ?? NONE, site: null });
    return fallback ?? NONE;
  },
  pop: (self, [key, fallback]) => {
    const known = key && self.entries.get(identity(key));
    if (!known) return self.open || !key || key.kind === "unknown" ? null : (fallback ?? null);
    self.entries.delete(identity(key));
    return known.value;
  },
  copy: (self) => ({ kind: "dict", entries: new Map(self.entries), open: self.open }),
  keys: (self) => ({
    kind: "list",
    items: [...self.entries.values()].map((slot) => slot.key),
    open: self.open,
  }),
  values: (self) => ({
    kind: "list",
    items: [...self.entries.values()].map((slot) => slot.value),
    open: self.open,
  }),
  items: (self) => ({
    kind: "list",
    items: [...self.entries.values()].map(({ key, value }) => ({
      kind: "tuple",
      items: [key, value],
      open: null,
    })),
    open: self.open,
  }),
  clear: (self) => {
    self.entries.clear();
    return NONE;
  },
};

const LIST: Readonly<Record<string, Method<ListValue>>> = {
  append: (self, [item]) => {
    if (item) self.items.push(item);
    return NONE;
  },
  add: (self, [item]) => {
    if (item && !self.items.some((one) => identity(one) === identity(item))) self.items.push(item);
    return NONE;
  },
  extend: (self, [other]) => {
    if (other?.kind !== "list" && other?.kind !== "tuple") return null;
    self.items.push(...other.items);
    self.open ??= other.open;
    return NONE;
  },
  insert: (self, [at, item]) => {
    if (at?.kind !== "const" || typeof at.value !== "number" || !item) return null;
    self.items.splice(at.value, 0, item);
    return NONE;
  },
  copy: (self) => ({ kind: self.kind, items: [...self.items], open: self.open }),
  remove: (self, [item]) => {
    const at = item ? self.items.findIndex((one) => identity(one) === identity(item)) : -1;
    if (at < 0) return null;
    self.items.splice(at, 1);
    return NONE;
  },
  pop: (self, [at]) => {
    if (self.open || (at && (at.kind !== "const" || typeof at.value !== "number"))) return null;
    const index = at?.kind === "const" && typeof at.value === "number" ? at.value : -1;
    return self.items.splice(index, 1)[0] ?? null;
  },
};

/** The items that a loop over a value goes through, or null where they cannot be told. */
export function itemsOf(value: Value): readonly Value[] | null {
  if (value.kind === "list" || value.kind === "tuple" || value.kind === "set")
    return value.open ? null : value.items;
  if (value.kind === "dict") return value.open ? null : [...value.entries.values()].map((slot) => slot.key);
  if (value.kind === "const" && typeof value.value === "string") return [...value.value].map(constant);
  return null;
}

/** Whether a text is one of Python's own type names, and a value is of that type; null if it cannot be told. */
export function isPlainType(value: Value, type: string): boolean | null {
  const names = plainTypes(value);
  return names === null ? null : names.includes(type) || type === "object";
}

function plainTypes(value: Value): readonly string[] | null {
  switch (value.kind) {
    case "const":
      if (value.value === null) return ["NoneType"];
      if (typeof value.value === "boolean") return ["bool", "int"];
      if (typeof value.value === "number")
        return Number.isInteger(value.value) ? ["int", "float"] : ["float"];
      return ["str"];
    case "list":
    case "tuple":
    case "set":
    case "dict":
      return [value.kind];
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
