import { parse, TomlError, type TomlTable, type TomlValue } from "smol-toml";

export type { TomlTable, TomlValue } from "smol-toml";

/** A document, or why and where it is none. */
export type TomlResult = { readonly table: TomlTable } | { readonly reason: string; readonly line: number };

export function readToml(text: string): TomlResult {
  try {
    return { table: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    return { reason, line: error.line };
  }
}

/** The value below a row of keys, or undefined. */
export function tomlAt(value: TomlValue | undefined, ...keys: readonly string[]): TomlValue | undefined {
  let here = value;
  for (const key of keys) here = isTomlTable(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return here;
}

export function isTomlTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}

/** The strings of a list, or the one string that stands for a list. */
export function tomlStrings(value: TomlValue | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}
