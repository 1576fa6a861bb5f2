import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, TomlError, type TomlValue } from "smol-toml";
import { directoriesUpTo, relativePosix } from "./paths.ts";

/** Where a project's modules start according to the nearest `pyproject.toml`, relative to `cwd`; often nothing. */
export function declaredImportRoots(from: string, to: string, cwd: string): string[] {
  for (const directory of directoriesUpTo(from, to)) {
    const file = join(directory, "pyproject.toml");
    if (!existsSync(file)) continue;
    const declared = declaredIn(readFileSync(file, "utf8"));
    const roots = declared.map((root) => join(directory, root)).filter((root) => existsSync(root));
    return [...new Set(roots.map((root) => relativePosix(cwd, root)))];
  }
  return [];
}

/** The roots as setuptools, hatch, poetry, pdm and uv write them. */
function declaredIn(text: string): string[] {
  const document = parseQuietly(text);
  if (document === null) return [];
  const tool = at(document, "tool");
  const setuptools = at(tool, "setuptools");
  const wheel = at(tool, "hatch", "build", "targets", "wheel");
  return [
    ...strings(at(setuptools, "packages", "find", "where")),
    ...strings(at(setuptools, "package-dir", "")),
    ...strings(at(wheel, "packages")).map((path) => dirname(path)),
    ...strings(at(wheel, "sources")),
    ...list(at(tool, "poetry", "packages")).flatMap((entry) => strings(at(entry, "from"))),
    ...strings(at(tool, "pdm", "build", "package-dir")),
    ...uvRoots(document),
  ];
}

function uvRoots(document: TomlValue): string[] {
  const stated = strings(at(document, "tool", "uv", "build-backend", "module-root"));
  if (stated.length > 0) return stated;
  return at(document, "build-system", "build-backend") === "uv_build" ? ["src"] : [];
}

function at(value: TomlValue | undefined, ...keys: readonly string[]): TomlValue | undefined {
  let here = value;
  for (const key of keys) {
    if (typeof here !== "object" || here instanceof Date || Array.isArray(here)) return undefined;
    here = Object.hasOwn(here, key) ? here[key] : undefined;
  }
  return here;
}

function list(value: TomlValue | undefined): readonly TomlValue[] {
  return Array.isArray(value) ? value : [];
}

function strings(value: TomlValue | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}

function parseQuietly(text: string): TomlValue | null {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof TomlError) return null;
    throw error;
  }
}
