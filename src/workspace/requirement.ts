import { isTomlTable, readToml, type TomlValue } from "./toml.ts";

/** What a project file says about the version of Bridge: a specifier such as `>=0.5,<0.7`. */
export type Specifier = string;

/** The entry of `uv.lock`; null where Bridge is not locked, or is the project itself. */
export function specifierInLock(text: string): Specifier | null {
  const at = text.search(/^name = "megatron[-_.]bridge"/m);
  if (at < 0) return null;
  const block = text.slice(at).split(/^\[/m, 1)[0] ?? "";
  const source = /^source = \{([^}]*)\}/m.exec(block)?.[1] ?? "";
  if (/\b(editable|virtual|directory)\b/.test(source)) return null;
  const tag = tagOf(source);
  const version = /^version = "([^"]+)"/m.exec(block)?.[1];
  return tag ?? (version === undefined ? null : `==${version}`);
}

/** The requirement in a `pyproject.toml`, wherever its build tool keeps it; null where there is none or it is bare. */
export function specifierInProject(text: string): Specifier | null {
  if (!/megatron[-_.]bridge/i.test(text)) return null;
  const document = readToml(text);
  if ("reason" in document) return null;
  const found = [...requirements(document.table)].filter(({ name }) => isBridge(name));
  const tablesFirst = found.toSorted(
    (a, b) => Number(typeof a.value === "string") - Number(typeof b.value === "string"),
  );
  for (const { value } of tablesFirst) {
    const specifier = specifierOf(value);
    if (specifier !== null) return specifier;
  }
  return null;
}

/** The first requirement on Bridge in a `requirements.txt`. */
export function specifierInRequirements(text: string): Specifier | null {
  for (const line of text.split(/\r?\n/)) {
    const specifier = requirementSpecifier(line);
    if (specifier !== null) return specifier;
  }
  return null;
}

/** `>=0.5` of `megatron-bridge[te] >=0.5 ; marker`; null for another package or no version. */
function requirementSpecifier(line: string): Specifier | null {
  const match = /^\s*(?:-e\s+)?megatron[-_.]bridge(?![-_.\w])\s*(?:\[[^\]]*\])?\s*(.*)$/i.exec(line);
  if (match === null) return tagInUrl(line);
  const rest = (match[1] ?? "").split(/[;#]|\s--/)[0]?.trim() ?? "";
  if (rest.startsWith("@")) return tagInUrl(rest) ?? tagOf(rest);
  return rest.replace(/[()]/g, "") || null;
}

function tagInUrl(text: string): Specifier | null {
  const tag = /megatron-bridge(?:\.git)?@v?(\d+\.\d+[\w.]*)/i.exec(text)?.[1];
  return tag === undefined ? null : `==${tag}`;
}

/** A git tag or branch says more than the version that the package gives itself. */
function tagOf(source: string): Specifier | null {
  const tag = /\b(?:tag|rev|branch)\s*=\s*"?[vr]?(\d+\.\d+[\w.]*)(?![0-9a-f]*[a-f])/.exec(source)?.[1];
  return tag === undefined ? null : `==${tag}`;
}

function isBridge(name: string): boolean {
  return /^megatron[-_.]bridge$/i.test(name);
}

interface Requirement {
  readonly name: string;
  readonly value: TomlValue;
}

/** Every string that could be a requirement, and every table entry, in the order of the file. */
function* requirements(value: TomlValue, key = ""): Generator<Requirement> {
  if (typeof value === "string") {
    const name = /^[\w.-]+/.exec(value)?.[0] ?? "";
    yield isBridge(key) ? { name: key, value } : { name, value };
    return;
  }
  if (typeof value !== "object" || value instanceof Date) return;
  if (!Array.isArray(value) && isBridge(key)) yield { name: key, value };
  for (const [inner, one] of Object.entries(value))
    yield* requirements(one, Array.isArray(value) ? key : inner);
}

function specifierOf(value: TomlValue): Specifier | null {
  if (typeof value === "string") return requirementSpecifier(value) ?? poetrySpecifier(value);
  if (!isTomlTable(value)) return null;
  const { tag, rev, branch, version } = value;
  const source = [tag, rev, branch].find((one) => typeof one === "string");
  if (typeof source === "string") return tagOf(`tag = "${source}"`);
  return typeof version === "string" ? poetrySpecifier(version) : null;
}

/** Poetry's own forms: `^0.6.0`, `0.6.0`, `~0.6`. */
function poetrySpecifier(text: string): Specifier | null {
  const match = /^([\^~]?)\s*(\d+\.\d+(?:\.\w+)*)$/.exec(text.trim());
  if (match === null) return /^[<>=!~]/.test(text.trim()) ? text.trim() : null;
  const [, mark = "", version = ""] = match;
  if (mark === "") return `==${version}`;
  const [major = "0", minor = "0"] = version.split(".");
  return `>=${version},<${major}.${Number(minor) + 1}`;
}
