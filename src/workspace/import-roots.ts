import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { directoriesUpTo, relativePosix } from "./paths.ts";
import { textIfThere } from "./quiet-fs.ts";
import { readToml, tomlAt, tomlStrings, type TomlValue } from "./toml.ts";

/** Where a project's modules start according to the nearest `pyproject.toml`, relative to `cwd`; often nothing. */
export function declaredImportRoots(from: string, to: string, cwd: string): string[] {
  for (const directory of directoriesUpTo(from, to)) {
    const text = textIfThere(join(directory, "pyproject.toml"));
    if (text === null) continue;
    const declared = declaredIn(text);
    const roots = declared.map((root) => join(directory, root)).filter((root) => existsSync(root));
    return [...new Set(roots.map((root) => relativePosix(cwd, root)))];
  }
  return [];
}

/** The roots as setuptools, hatch, poetry, pdm and uv write them. */
function declaredIn(text: string): string[] {
  const result = readToml(text);
  if ("reason" in result) return [];
  const document = result.table;
  const tool = tomlAt(document, "tool");
  const setuptools = tomlAt(tool, "setuptools");
  const wheel = tomlAt(tool, "hatch", "build", "targets", "wheel");
  return [
    ...tomlStrings(tomlAt(setuptools, "packages", "find", "where")),
    ...tomlStrings(tomlAt(setuptools, "package-dir", "")),
    ...tomlStrings(tomlAt(wheel, "packages")).map((path) => dirname(path)),
    ...tomlStrings(tomlAt(wheel, "sources")),
    ...list(tomlAt(tool, "poetry", "packages")).flatMap((entry) => tomlStrings(tomlAt(entry, "from"))),
    ...tomlStrings(tomlAt(tool, "pdm", "build", "package-dir")),
    ...uvRoots(document),
  ];
}

function uvRoots(document: TomlValue): string[] {
  const stated = tomlStrings(tomlAt(document, "tool", "uv", "build-backend", "module-root"));
  if (stated.length > 0) return stated;
  return tomlAt(document, "build-system", "build-backend") === "uv_build" ? ["src"] : [];
}

function list(value: TomlValue | undefined): readonly TomlValue[] {
  return Array.isArray(value) ? value : [];
}
