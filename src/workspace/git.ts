import { execFile } from "node:child_process";
import { join } from "node:path";
import { comparePaths } from "./paths.ts";
import { Problem } from "./problem.ts";
import type { Target } from "./targets.ts";

/**
 * Those of the targets' files that git could not bring back: modified, staged, untracked or ignored.
 * Asks git once for each working tree. Absolute paths, sorted.
 * @throws {Problem} where git cannot be asked.
 */
export async function uncommittedFiles(targets: readonly Target[]): Promise<string[]> {
  const byRoot = new Map<string, string[]>();
  for (const { root, real } of targets) {
    if (root.gitRoot === null) continue;
    byRoot.set(root.gitRoot, [...(byRoot.get(root.gitRoot) ?? []), real]);
  }
  const found: string[] = [];
  for (const [root, paths] of byRoot) found.push(...(await statusIn(root, paths)));
  return [...new Set(found)].sort(comparePaths);
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
  "--ignored=traditional",
  "--",
];

async function statusIn(root: string, paths: readonly string[]): Promise<string[]> {
  const entries = (await runGit(root, [...statusArguments, ...paths])).split("\0");
  const found: string[] = [];
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at] ?? "";
    if (entry === "") continue;
    found.push(join(root, entry.slice(3)));
    const renamed = /^[RC]|^.[RC]/.test(entry);
    if (renamed) at += 1;
  }
  return found;
}

function runGit(root: string, args: readonly string[]): Promise<string> {
  const { promise, resolve, reject } = deferred();
  const options = { cwd: root, maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: "C" } };
  execFile("git", [...args], options, (error, stdout, stderr) => {
    if (error === null) resolve(stdout);
    else reject(gitProblem(root, error, stderr));
  });
  return promise;
}

function gitProblem(root: string, error: Error, stderr: string): Problem {
  const missing = "code" in error && error.code === "ENOENT";
  const said = stderr.trim().split("\n")[0] || error.message;
  return new Problem(missing ? "git is not installed, so uncommitted changes cannot be told" : `git status failed: ${said}`, {
    place: root,
    next: "mend that, or pass --allow-dirty to write without this check",
  });
}

function deferred(): { promise: Promise<string>; resolve(value: string): void; reject(reason: Error): void } {
  let settle: { resolve(value: string): void; reject(reason: Error): void } | null = null;
  const promise = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return {
    promise,
    resolve: (value) => settle?.resolve(value),
    reject: (reason) => settle?.reject(reason),
  };
}
