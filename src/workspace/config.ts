import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Intent, WorldSize } from "../policy.ts";
import { directoriesUpTo, relativePosix } from "./paths.ts";
import { Problem } from "./problem.ts";
import { systemReason } from "./read-source.ts";
import { suggestName } from "./suggest.ts";
import { isTomlTable, readToml, tomlAt, type TomlTable, type TomlValue } from "./toml.ts";

export type WorldSizes = "auto" | "name" | readonly WorldSize[];

/** What `[tool.bridgemod]` or `bridgemod.toml` may say. Every key is optional. */
export interface Config {
  /** Where the configuration stands, relative to the working directory; null when there is none. */
  readonly file: string | null;
  /** Absolute; patterns and directories in the configuration are relative to it. */
  readonly directory: string;
  readonly bridge?: string;
  readonly set?: string;
  readonly codemod?: readonly string[];
  readonly intent?: Intent;
  readonly worldSize?: WorldSizes;
  readonly gpu?: string;
  readonly exclude?: readonly string[];
}

export interface ConfigRequest {
  readonly cwd: string;
  /** Where the search starts, and the directory where it ends. Absolute. */
  readonly from: string;
  readonly to: string;
  /** `--config FILE`. */
  readonly file: string | null;
  readonly isolated: boolean;
}

/**
 * Reads the nearest configuration; `bridgemod.toml` goes before `pyproject.toml` beside it.
 * @throws {Problem} for an unknown key, a value of the wrong type, broken TOML.
 */
export function loadConfig(request: ConfigRequest): Config {
  const none: Config = { file: null, directory: request.from };
  if (request.file !== null) return readConfig(resolve(request.cwd, request.file), request.cwd) ?? none;
  if (request.isolated) return none;
  for (const directory of directoriesUpTo(request.from, request.to)) {
    for (const name of ["bridgemod.toml", "pyproject.toml"]) {
      const file = join(directory, name);
      const config = existsSync(file) ? readConfig(file, request.cwd) : null;
      if (config !== null) return config;
    }
  }
  return none;
}

/** One configuration file, or null for a `pyproject.toml` without our table. */
function readConfig(absolute: string, cwd: string): Config | null {
  const file = relativePosix(cwd, absolute);
  const text = readConfigText(absolute, file);
  const inProject = absolute.endsWith("pyproject.toml");
  if (inProject && !text.includes("bridgemod")) return null;
  const document = parseConfig(text, file);
  const table = inProject ? tomlAt(document, "tool", "bridgemod") : document;
  if (!isTomlTable(table)) return null;
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(table))
    Object.assign(values, checkKey({ key, value, file, text }));
  return { ...values, file, directory: dirname(absolute) };
}

/** The Bridge that the text of a configuration file names; null where it names none. */
export function bridgeInConfig(text: string, file: string): string | null {
  const document = readToml(text);
  if ("reason" in document) return null;
  const keys = file.endsWith("pyproject.toml") ? ["tool", "bridgemod"] : [];
  return asString(tomlAt(document.table, ...keys, "bridge") ?? false);
}

function readConfigText(absolute: string, file: string): string {
  try {
    return readFileSync(absolute, "utf8");
  } catch (error) {
    throw new Problem(`the configuration cannot be read: ${systemReason(error)}`, {
      place: file,
      next: "check the path given with --config, or pass --isolated",
    });
  }
}

function parseConfig(text: string, file: string): TomlTable {
  const result = readToml(text);
  if ("table" in result) return result.table;
  throw new Problem(`not valid TOML: ${result.reason}`, {
    place: `${file}:${result.line}`,
    next: "mend the line, or pass --isolated to go without the configuration",
  });
}

interface Entry {
  readonly key: string;
  readonly value: TomlValue;
  readonly file: string;
  readonly text: string;
}

interface KeyRule {
  readonly field: keyof Config;
  readonly expects: string;
  /** The value to keep, or null when it is of the wrong type. */
  accept(value: TomlValue): unknown;
}

const keyRules: Readonly<Record<string, KeyRule>> = {
  bridge: { field: "bridge", expects: "a string: a version or a directory", accept: asString },
  set: { field: "set", expects: "the name of a set", accept: asString },
  codemod: { field: "codemod", expects: "a codemod's name or a list of names", accept: asStrings },
  intent: { field: "intent", expects: '"honor", "preserve" or "report"', accept: asIntent },
  "world-size": {
    field: "worldSize",
    expects: '"auto", "name", a number or a list of numbers',
    accept: asWorldSize,
  },
  gpu: { field: "gpu", expects: 'a string such as "h100"', accept: asString },
  exclude: { field: "exclude", expects: "a list of patterns", accept: asStrings },
};

/** Every key that a configuration may hold; `schema/config-1.json` describes them for editors. */
export const configKeys: readonly string[] = Object.keys(keyRules);

function checkKey({ key, value, file, text }: Entry): Partial<Config> {
  const place = `${file}${lineOfKey(text, key)}`;
  const rule = Object.hasOwn(keyRules, key) ? keyRules[key] : undefined;
  if (rule === undefined) {
    throw new Problem(`unknown key ${JSON.stringify(key)}`, {
      place,
      next: suggestName(key, Object.keys(keyRules)),
    });
  }
  const accepted = rule.accept(value);
  if (accepted === null) {
    throw new Problem(`${key} has the wrong type`, { place, next: `write ${rule.expects}` });
  }
  return { [rule.field]: accepted };
}

function lineOfKey(text: string, key: string): string {
  const lines = text.split("\n");
  const table = Math.max(
    0,
    lines.findIndex((line) => /^\s*\[\s*tool\s*\.\s*bridgemod\s*\]/.test(line)),
  );
  const at = lines.findIndex(
    (line, index) => index >= table && line.trimStart().replace(/^["']/, "").startsWith(key),
  );
  return at < 0 ? "" : `:${at + 1}`;
}

function asString(value: TomlValue): string | null {
  return typeof value === "string" ? value : null;
}

function asStrings(value: TomlValue): readonly string[] | null {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return null;
  const strings = value.filter((one) => typeof one === "string");
  return strings.length === value.length ? strings : null;
}

function asIntent(value: TomlValue): Intent | null {
  return value === "honor" || value === "preserve" || value === "report" ? value : null;
}

function asWorldSize(value: TomlValue): WorldSizes | null {
  if (value === "auto" || value === "name") return value;
  const numbers = (Array.isArray(value) ? value : [value]).filter(isSize);
  return numbers.length > 0 && numbers.length === (Array.isArray(value) ? value.length : 1) ? numbers : null;
}

function isSize(value: TomlValue): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}
