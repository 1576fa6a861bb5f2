import { execFile } from "node:child_process";
import { join } from "node:path";
import { directoriesUpTo } from "./paths.ts";
import { Problem } from "./problem.ts";
import type { Target } from "./targets.ts";

/**
 * Those of the files that git could not bring back: modified, staged, untracked or ignored.
 * Asks git once for each working tree.
 * @throws {Problem} where git cannot be asked.
 */
export async function uncommittedFiles(targets: readonly Target[], files: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [root, named] of groupByTree(targets)) {
    const dirty = await dirtyPlaces(root, named);
    found.push(...files.filter((file) => directoriesUpTo(file, root).some((part) => dirty.has(part))));
  }
  return found;
}

/** Whether any target lies outside every working tree of git. */
export function isOutsideGit(targets: readonly Target[]): boolean {
  return targets.some(({ root }) => root.gitRoot === null);
}

function groupByTree(targets: readonly Target[]): Map<string, string[]> {
  const byRoot = new Map<string, string[]>();
  for (const { root, real } of targets) {
    if (root.gitRoot === null) continue;
    byRoot.set(root.gitRoot, [...(byRoot.get(root.gitRoot) ?? []), real]);
  }
  return byRoot;
}

const statusArguments: readonly string[] = [
  "--no-optional-locks",
  "--literal-pathspecs",
  "-c",
  "core.fsmonitor=false",
  "status",
  "--porcelain",
  "-z",
  "--untracked-files=all",
  "--ignored=matching",
  "--",
];

/** What git reports below the paths; a directory stands for all that it holds. */
async function dirtyPlaces(root: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const entries = (await runGit(root, [...statusArguments, ...paths])).split("\0");
  const places = new Set<string>();
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at] ?? "";
    if (entry === "") continue;
    places.add(join(root, entry.slice(3).replace(/\/$/, "")));
    const isRename = /^(R|C|.R|.C)/.test(entry);
    if (isRename) at += 1;
  }
  return places;
}

function runGit(root: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("git", [...args], { cwd: root, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(gitProblem(root, error, stderr));
    });
  });
}

function gitProblem(root: string, error: Error, stderr: string): Problem {
  const missing = "code" in error && error.code === "ENOENT";
  const said = stderr.trim().split("\n")[0] || error.message;
  const reason = missing ? "git is not installed, so uncommitted changes cannot be told" : `git status failed: ${said}`;
  return new Problem(reason, { place: root, next: "mend that, or pass --allow-dirty to write without this check" });
}
