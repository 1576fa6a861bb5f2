import { constant, LONGEST, type Value } from "./value.ts";

/** Answers null where the result cannot be told. */
type TextMethod = (self: string, args: readonly Value[]) => Value | null;

function texts(args: readonly Value[]): string[] | null {
  const found = args.flatMap((arg) =>
    arg.kind === "const" && typeof arg.value === "string" ? [arg.value] : [],
  );
  return found.length === args.length ? found : null;
}

function textMethod(
  apply: (self: string, args: readonly string[]) => string | boolean | undefined,
): TextMethod {
  return (self, args) => {
    const known = texts(args);
    // What is a letter, a digit or a space beyond ASCII is Unicode's affair, and each version's own.
    const result = known && [self, ...known].every(isAscii) ? apply(self, known) : undefined;
    const isLong = typeof result === "string" && result.length > 10 * LONGEST;
    return result === undefined || isLong ? null : constant(result);
  };
}

/** Whether a text holds nothing but ASCII, the separators left out that only Python takes for spaces. */
function isAscii(text: string): boolean {
  return /^[\t-\r\x20-\x7e]*$/.test(text);
}

function trimmer(ends: "both" | "left" | "right"): TextMethod {
  return textMethod((self, [characters = " \t\n\r\f\v"]) => {
    let from = 0;
    let to = self.length;
    while (ends !== "right" && from < to && characters.includes(self.charAt(from))) from += 1;
    while (ends !== "left" && to > from && characters.includes(self.charAt(to - 1))) to -= 1;
    return self.slice(from, to);
  });
}

function anyOf(test: (self: string, affix: string) => boolean): TextMethod {
  return (self, [affix, ...bounds]) => {
    if (bounds.length > 0) return null;
    const options = affix?.kind === "tuple" ? affix.items : affix ? [affix] : [];
    const known = texts(options);
    return known ? constant(known.some((one) => test(self, one))) : null;
  };
}

/** Parts between separators, or between white space; a limit counts from one end. */
function splitter(end: "left" | "right"): TextMethod {
  return (self, args) => {
    if (!isAscii(self)) return null;
    const [separator, limit] = args.map((arg) => (arg.kind === "const" ? arg.value : undefined));
    if (args.length === 0) return listOf(self.split(/\s+/).filter((part) => part !== ""));
    if (typeof separator !== "string" || separator === "") return null;
    const parts = self.split(separator);
    if (args.length === 1) return listOf(parts);
    if (!Number.isInteger(limit)) return null;
    const rest = parts.length - Number(limit);
    if (Number(limit) < 0 || rest < 2) return listOf(parts);
    if (end === "right") return listOf([parts.slice(0, rest).join(separator), ...parts.slice(rest)]);
    return listOf([...parts.slice(0, -rest), parts.slice(-rest).join(separator)]);
  };
}

function listOf(parts: readonly string[]): Value {
  return { kind: "list", items: parts.map(constant), open: null };
}

/** The methods of a text, by name. */
export const TEXT: Readonly<Record<string, TextMethod>> = {
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
    const length = known?.reduce((total, text) => total + text.length + self.length, 0) ?? 0;
    return known && length <= 10 * LONGEST ? constant(known.join(self)) : null;
  },
  split: splitter("left"),
  rsplit: splitter("right"),
};
