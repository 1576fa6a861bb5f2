import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { compareVersions, isVersion } from "./pep440.ts";
import type { LibraryRoot } from "../project.ts";
import { namesIn } from "./quiet-fs.ts";
import { readText } from "./read-source.ts";

/** What sources of Bridge say about their version: every probe that holds or fails narrows it. */
interface Probe {
  readonly since: string;
  holds(root: LibraryRoot): boolean;
}

const probes: readonly Probe[] = [
  {
    since: "0.2.0",
    holds: (root) => mentions(root, "training/mixed_precision.py", /^def bf16_with_nvfp4_mixed\b/m),
  },
  { since: "0.3.1", holds: (root) => mentions(root, "recipes/common.py", /./) },
  {
    since: "0.4.0",
    holds: (root) =>
      mentions(root, "training/mixed_precision.py", /^def nemotron_3_super_bf16_with_nvfp4_mixed\b/m),
  },
  {
    since: "0.4.2",
    holds: (root) => mentions(root, "training/mixed_precision.py", /^\s+fp4_param_gather\b/m),
  },
  { since: "0.6.0", holds: (root) => mentions(root, "training/config.py", /^\s+env_vars\s*:/m) },
  { since: "0.6.0", holds: (root) => root.read("megatron/bridge/perf_recipes/__init__.py") !== null },
  {
    since: "0.7.0.dev0",
    holds: (root) =>
      mentions(root, "training/config.py", /^\s+def _disable_native_energon_packing_moe_overlap\b/m),
  },
];

/** The directory that holds `megatron/bridge`, directly or below `src`; null where neither does. */
export function findLibrary(directory: string): LibraryRoot | null {
  for (const path of [directory, join(directory, "src")]) {
    if (existsSync(join(path, "megatron", "bridge", "training"))) return openLibrary(path);
  }
  return null;
}

/** The library that a file of it belongs to: `…/megatron/bridge/training/config.py`. */
export function libraryOfConfig(configFile: string): LibraryRoot {
  return openLibrary(dirname(dirname(dirname(dirname(configFile)))));
}

/** An installed Bridge in `.venv` or `venv`; an editable one is followed to its sources. */
export function findInstalled(projectRoot: string): LibraryRoot | null {
  for (const packages of sitePackages(projectRoot)) {
    const library = findLibrary(packages) ?? editable(packages);
    if (library !== null) return library;
  }
  return null;
}

/** The version of a source tree among the known ones: probes bound it, its own version string picks within them. */
export function probeVersion(library: LibraryRoot, known: readonly string[]): string | null {
  const sorted = known.filter(isVersion).sort(compareVersions);
  const results = probes.map((probe) => ({ since: probe.since, holds: probe.holds(library) }));
  const allowed = sorted.filter((version) =>
    results.every(({ since, holds }) => holds === compareVersions(version, since) >= 0),
  );
  const candidates = allowed.length > 0 ? allowed : nearestBelow(sorted, results);
  const stated = distInfoVersion(library) ?? packageInfoVersion(library);
  const below = candidates.filter((version) => stated === null || compareVersions(version, stated) <= 0);
  return below.at(-1) ?? candidates[0] ?? null;
}

/** Where the catalog has a gap: the newest version below what the probes ask for, else the oldest. */
function nearestBelow(
  sorted: readonly string[],
  results: readonly { readonly since: string; readonly holds: boolean }[],
): readonly string[] {
  const failed = results.filter(({ holds }) => !holds).map(({ since }) => since);
  const below = sorted.filter((version) => failed.every((since) => compareVersions(version, since) < 0));
  return below.length > 0 ? below.slice(-1) : sorted.slice(0, 1);
}

function mentions(root: LibraryRoot, file: string, pattern: RegExp): boolean {
  return pattern.test(root.read(`megatron/bridge/${file}`) ?? "");
}

function openLibrary(path: string): LibraryRoot {
  const isThere = directoryIndex(path);
  const cache = new Map<string, string | null>();
  function read(modulePath: string): string | null {
    const known = cache.get(modulePath);
    if (known !== undefined) return known;
    const text = isThere(modulePath) ? readText(join(path, modulePath)) : null;
    cache.set(modulePath, text);
    return text;
  }
  return { path, read };
}

/** Whether a path below a directory exists: most names that are imported do not, and to try each costs a system call. */
function directoryIndex(root: string): (path: string) => boolean {
  const listings = new Map<string, ReadonlySet<string>>([["", new Set(namesIn(root))]]);
  const isThere = (path: string): boolean => {
    const slash = path.lastIndexOf("/");
    return namesBelow(path.slice(0, Math.max(slash, 0))).has(path.slice(slash + 1));
  };
  const namesBelow = (folder: string): ReadonlySet<string> => {
    let names = listings.get(folder);
    if (!names) listings.set(folder, (names = new Set(isThere(folder) ? namesIn(join(root, folder)) : [])));
    return names;
  };
  return isThere;
}

function packageInfoVersion(library: LibraryRoot): string | null {
  const text = library.read("megatron/bridge/package_info.py") ?? "";
  const parts = ["MAJOR", "MINOR", "PATCH"].map(
    (name) => new RegExp(`^${name}\\s*=\\s*(\\d+)`, "m").exec(text)?.[1],
  );
  const pre = /^PRE_RELEASE\s*=\s*["']([^"']*)["']/m.exec(text)?.[1] ?? "";
  return parts.includes(undefined) ? null : `${parts.join(".")}${pre}`;
}

function distInfoVersion(library: LibraryRoot): string | null {
  for (const name of namesIn(library.path)) {
    const version = /^megatron[_.-]bridge-(.+)\.dist-info$/i.exec(name)?.[1];
    if (version !== undefined) return version;
  }
  return null;
}

function sitePackages(projectRoot: string): string[] {
  const found: string[] = [];
  for (const environment of [".venv", "venv"]) {
    for (const lib of ["lib", "lib64"]) {
      const directory = join(projectRoot, environment, lib);
      const pythons = namesIn(directory).filter((name) => name.startsWith("python"));
      found.push(...pythons.sort().map((name) => join(directory, name, "site-packages")));
    }
    found.push(join(projectRoot, environment, "Lib", "site-packages"));
  }
  return found;
}

/** Follows `megatron_bridge.pth` and `__editable__.megatron_bridge-0.6.0.pth`. */
function editable(packages: string): LibraryRoot | null {
  for (const name of namesIn(packages).filter((one) => /megatron[_.-]bridge.*\.pth$/i.test(one))) {
    for (const line of readText(join(packages, name))?.split(/\r?\n/) ?? []) {
      const library = line.startsWith("import ") || line.trim() === "" ? null : findLibrary(line.trim());
      if (library !== null && basename(library.path) !== "") return library;
    }
  }
  return null;
}
