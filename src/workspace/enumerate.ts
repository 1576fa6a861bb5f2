import { dirname } from "node:path";
import { finalRules, isBelowIgnored, isForeign, rulesAbove, type IgnoreRules } from "./ignore-rules.ts";
import { comparePaths } from "../project.ts";
import { directoriesUpTo } from "./paths.ts";
import { Problem } from "./problem.ts";
import type { Target } from "./targets.ts";
import { isBeside, walkPython, type Passed, type Walk } from "./walk-python.ts";

/** Patterns from the configuration, relative to its directory. */
export interface Exclusion {
  readonly base: string;
  readonly patterns: readonly string[];
}

/** The Python files around the targets, as absolute paths without symlinks, sorted. */
export interface Enumeration {
  /** Named on the command line. */
  readonly named: readonly string[];
  /** Found in a directory that was named. */
  readonly found: readonly string[];
  /** The rest of the project. */
  readonly around: readonly string[];
  /** Shell scripts, notebooks and YAML files: those named, and those found in a directory that was named. */
  readonly beside: readonly { readonly path: string; readonly named: boolean }[];
  readonly passed: readonly Passed[];
  /** Whether the project holds more files than we look at. */
  readonly cut: boolean;
}

/** A project with more Python files than this is a file system, not a project. */
const maxAround = 50_000;

/**
 * Finds the Python files of the targets and of the projects that they belong to.
 * @throws {Problem} for a directory that holds no Python.
 */
export function enumerateProject(targets: readonly Target[], exclusion: Exclusion | null): Enumeration {
  const visited = new Set<string>();
  const given = targets.filter(({ kind }) => kind === "file").map(({ real }) => real);
  const named = new Set(given.filter((path) => !isBeside(path)));
  const beside = new Map(given.filter(isBeside).map((path) => [path, true]));
  const found = new Set<string>();
  const passed: Passed[] = [];
  for (const target of targets.filter(({ kind }) => kind === "directory")) {
    const walk = walkTarget(target, exclusion);
    if (walk.files.length + walk.beside.length + walk.passed.length === 0) throw noPython(target);
    for (const file of walk.beside) if (!beside.has(file)) beside.set(file, false);
    for (const file of walk.files) if (!named.has(file)) found.add(file);
    passed.push(...walk.passed);
    for (const directory of walk.visited) visited.add(directory);
  }
  const around = new Set<string>();
  let cut = false;
  for (const root of new Set(targets.map((target) => target.root.path))) {
    const walk = walkAround(root, { exclusion, visited, enterForeign: false, limit: maxAround });
    cut ||= walk.cut;
    for (const file of walk.files) if (!named.has(file) && !found.has(file)) around.add(file);
  }
  const all = { named: sorted(named), found: sorted(found), around: sorted(around) };
  return { ...all, beside: sortedBeside(beside), passed: unique(passed), cut };
}

interface WalkSettings {
  readonly exclusion: Exclusion | null;
  readonly visited: Set<string>;
  readonly enterForeign: boolean;
  readonly limit: number;
}

function walkTarget({ real, root }: Target, exclusion: Exclusion | null): Walk & { visited: Set<string> } {
  const visited = new Set<string>();
  const above = isInside(real, root.path) ? rulesAbove(real, root.path) : [];
  const rules = [
    ...unlessLeftOut(above, real, root.path),
    ...unlessLeftOut(excluded(exclusion), real, root.path),
  ];
  const enterForeign = isForeign(real, root.path);
  const walk = walkPython(real, { root: root.path, rules, visited, enterForeign, limit: Infinity });
  return { ...walk, visited };
}

function walkAround(root: string, settings: WalkSettings): Walk {
  const rules = [...rulesAbove(root, root), ...excluded(settings.exclusion)];
  return walkPython(root, { ...settings, root, rules });
}

/** The rules, but none where they leave out a directory that was named, or one above it: naming it overrules them. */
function unlessLeftOut(rules: IgnoreRules, directory: string, root: string): IgnoreRules {
  return isBelowIgnored(rules, directory, root) ? [] : rules;
}

function excluded(exclusion: Exclusion | null): IgnoreRules {
  return exclusion === null ? [] : finalRules(exclusion.base, exclusion.patterns);
}

function isInside(directory: string, root: string): boolean {
  return directoriesUpTo(directory, root).includes(root);
}

function sortedBeside(beside: ReadonlyMap<string, boolean>): Enumeration["beside"] {
  return [...beside].map(([path, named]) => ({ path, named })).sort((a, b) => comparePaths(a.path, b.path));
}

function noPython({ named }: Target): Problem {
  return new Problem("holds no Python file", {
    place: named,
    next: "name a directory with recipes; files that git ignores are left out unless named",
  });
}

function sorted(paths: ReadonlySet<string>): string[] {
  return [...paths].sort(comparePaths);
}

function unique(passed: readonly Passed[]): Passed[] {
  return [...new Map(passed.map((one) => [one.path, one])).values()];
}

/** The directories to start from when looking upwards for what belongs to the targets. */
export function startDirectories(targets: readonly Target[]): string[] {
  return targets.map(({ kind, real }) => (kind === "directory" ? real : dirname(real)));
}
