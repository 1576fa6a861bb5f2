import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { foreignDirectories, isIgnored, withRuleFile, type IgnoreRules } from "./ignore-rules.ts";
import { isWithin } from "./paths.ts";
import { systemReason } from "./read-source.ts";

/** A place below the start that was not looked into, and why. */
export interface Passed {
  /** Absolute. */
  readonly path: string;
  readonly outcome: "skipped" | "failed";
  readonly reason: string;
}

export interface Walk {
  /** Absolute paths without symlinks, in no particular order. */
  readonly files: string[];
  /** Shell scripts, notebooks and YAML files. */
  readonly beside: string[];
  readonly passed: Passed[];
  /** Whether the walk stopped at its limit. */
  cut: boolean;
}

export interface WalkOptions {
  /** Without symlinks. Nothing outside is ever reached. */
  readonly root: string;
  /** Rules from above the start. */
  readonly rules: IgnoreRules;
  /** Real paths of directories already walked, added to as we go. */
  readonly visited: Set<string>;
  /** Whether to enter `.venv`, `site-packages` and their like: true inside one that was named. */
  readonly enterForeign: boolean;
  /** Most files to find. */
  readonly limit: number;
}

interface Pending {
  readonly directory: string;
  readonly rules: IgnoreRules;
}

/** Finds the Python files below a directory. Enters every directory once, whatever symlinks say. */
export function walkPython(start: string, options: WalkOptions): Walk {
  const walk: Walk = { files: [], beside: [], passed: [], cut: false };
  const pending: Pending[] = [{ directory: start, rules: options.rules }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (walk.files.length >= options.limit) {
      walk.cut = true;
      break;
    }
    if (options.visited.has(next.directory)) continue;
    options.visited.add(next.directory);
    pending.push(...enter(next, options, walk));
  }
  return walk;
}

function enter({ directory, rules }: Pending, options: WalkOptions, walk: Walk): Pending[] {
  const entries = list(directory, walk);
  if (directory !== options.root && !options.enterForeign && entries.some(isEnvironmentMark)) return [];
  const own = entries.some((entry) => entry.name === ".gitignore")
    ? withRuleFile(rules, directory, join(directory, ".gitignore"))
    : rules;
  const inner: Pending[] = [];
  for (const entry of entries) {
    const found = reach(entry, directory, { options, walk, rules: own });
    if (found !== null) inner.push({ directory: found, rules: own });
  }
  return inner;
}

interface Reach {
  readonly options: WalkOptions;
  readonly walk: Walk;
  readonly rules: IgnoreRules;
}

/** Notes a Python file; gives back a directory that is to be entered. */
function reach(entry: Dirent, directory: string, { options, walk, rules }: Reach): string | null {
  const path = join(directory, entry.name);
  if (entry.isDirectory()) {
    const foreign = options.enterForeign ? entry.name === ".git" : foreignDirectories.has(entry.name);
    return foreign || isIgnored(rules, path, "directory") ? null : path;
  }
  const isPython = entry.name.endsWith(".py");
  if (entry.isFile()) {
    const kept = isPython ? walk.files : isBeside(entry.name) ? walk.beside : null;
    if (kept && !isIgnored(rules, path, "file")) kept.push(path);
    return null;
  }
  if (!entry.isSymbolicLink() || isIgnored(rules, path, "file")) return null;
  return follow(path, isPython, { options, walk });
}

/** Follows a symlink: a file is noted under its real path, a directory is given back. */
function follow(path: string, isPython: boolean, { options, walk }: Omit<Reach, "rules">): string | null {
  const found = resolveLink(path);
  if (typeof found === "string") {
    if (isPython) walk.passed.push({ path, outcome: "skipped", reason: found });
    return null;
  }
  if (!found.isDirectory && !isPython) return null;
  if (!isWithin(options.root, found.real)) {
    walk.passed.push({ path, outcome: "skipped", reason: "a symbolic link that leaves the project" });
    return null;
  }
  if (found.isDirectory) return foreignDirectories.has(lastPart(found.real)) ? null : found.real;
  walk.files.push(found.real);
  return null;
}

function resolveLink(path: string): { readonly real: string; readonly isDirectory: boolean } | string {
  try {
    const real = realpathSync(path);
    return { real, isDirectory: statSync(real).isDirectory() };
  } catch (error) {
    return `a symbolic link that leads nowhere: ${systemReason(error)}`;
  }
}

function list(directory: string, walk: Walk): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    const reason = `the directory cannot be read: ${systemReason(error)}`;
    walk.passed.push({ path: directory, outcome: "failed", reason });
    return [];
  }
}

/** Whether a file is one that may say something about a launch beside Python, by its name. */
export function isBeside(name: string): boolean {
  return /\.(?:sh|bash|ipynb|ya?ml)$/i.test(name);
}

/** A directory with this file is a virtual environment, whatever its name. */
function isEnvironmentMark(entry: Dirent): boolean {
  return entry.name === "pyvenv.cfg";
}

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
