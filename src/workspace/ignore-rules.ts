import { basename, join } from "node:path";
import ignore, { type Ignore } from "ignore";
import { directoriesUpTo, relativePosix } from "./paths.ts";
import { textIfThere } from "./quiet-fs.ts";

/** Patterns in gitignore syntax and the directory that they are relative to. */
interface RuleLayer {
  readonly base: string;
  readonly matcher: Ignore;
  /** Whether no deeper layer can take it back, as with the configuration's `exclude`. */
  readonly final: boolean;
}

/** Layers of rules, the outermost first; a deeper layer has the last word. */
export type IgnoreRules = readonly RuleLayer[];

/** Directories that hold other people's or generated code. */
export const foreignDirectories: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  ".venv",
  ".tox",
  ".nox",
  ".eggs",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  "__pycache__",
  "__pypackages__",
  "node_modules",
  "site-packages",
]);

/** The rules in force inside `directory`: those of its parents up to `root`, and git's own exclude file. */
export function rulesAbove(directory: string, root: string): IgnoreRules {
  const parents = directoriesUpTo(directory, root).slice(1).reverse();
  let rules = withRuleFile([], root, join(root, ".git", "info", "exclude"));
  for (const parent of parents) rules = withRuleFile(rules, parent, join(parent, ".gitignore"));
  return rules;
}

/** Adds the rules of one file, if there is such a file. */
export function withRuleFile(rules: IgnoreRules, base: string, file: string): IgnoreRules {
  const text = textIfThere(file);
  return text === null ? rules : [...rules, { base, matcher: ignore().add(text), final: false }];
}

/** Rules that no `.gitignore` takes back. */
export function finalRules(base: string, patterns: readonly string[]): IgnoreRules {
  return [{ base, matcher: ignore().add(patterns), final: true }];
}

/** Whether the rules leave a path out. Its parent directories are taken to be in. */
export function isIgnored(rules: IgnoreRules, absolute: string, kind: "file" | "directory"): boolean {
  if (rules.some((layer) => layer.final && verdict(layer, absolute, kind) === "out")) return true;
  for (let at = rules.length - 1; at >= 0; at--) {
    const layer = rules[at];
    const said = layer === undefined ? "nothing" : verdict(layer, absolute, kind);
    if (said !== "nothing") return said === "out";
  }
  return false;
}

/** Whether the rules leave out a directory, or one above it. */
export function isBelowIgnored(rules: IgnoreRules, directory: string, root: string): boolean {
  const parts = directoriesUpTo(directory, root).filter((part) => part !== root);
  return parts.some((part) => isIgnored(rules, part, "directory"));
}

function verdict(layer: RuleLayer, absolute: string, kind: "file" | "directory"): "out" | "in" | "nothing" {
  if (absolute === layer.base) return "nothing";
  const path = relativePosix(layer.base, absolute);
  if (path.startsWith("../")) return "nothing";
  const result = layer.matcher.test(kind === "directory" ? `${path}/` : path);
  return result.ignored ? "out" : result.unignored ? "in" : "nothing";
}

/** Whether a path leads through a directory that is not entered unless named. */
export function isForeign(absolute: string, root: string): boolean {
  return directoriesUpTo(absolute, root).some(
    (part) => part !== root && foreignDirectories.has(basename(part)),
  );
}
