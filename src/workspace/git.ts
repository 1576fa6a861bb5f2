import { dirname, join } from "node:path";
import { commonDirectory, directoriesUpTo } from "./paths.ts";
import { askGit, nulSeparated } from "./git-process.ts";
import { Problem } from "./problem.ts";
import { findGitRoot } from "./project-root.ts";

/** Files by the working tree that holds them: nested repositories and submodules have their own. */
export interface GitFiles {
  readonly byTree: ReadonlyMap<string, readonly string[]>;
  readonly outside: readonly string[];
}

/** Sorts files, absolute and without symlinks, into git's working trees. */
export function groupByTree(files: readonly string[]): GitFiles {
  const rootOf = new Map<string, string | null>();
  const byTree = new Map<string, string[]>();
  const outside: string[] = [];
  for (const file of files) {
    const directory = dirname(file);
    const root = rootOf.has(directory) ? (rootOf.get(directory) ?? null) : findGitRoot(directory);
    rootOf.set(directory, root);
    if (root === null) outside.push(file);
    else byTree.set(root, [...(byTree.get(root) ?? []), file]);
  }
  return { byTree, outside };
}

/**
 * Those of the files that git could not bring back: modified, staged, untracked or ignored.
 * Asks git once for each working tree.
 * @throws {Problem} where git cannot be asked.
 */
export async function uncommittedFiles({ byTree }: GitFiles): Promise<string[]> {
  const found: string[] = [];
  for (const [root, files] of byTree) {
    const dirty = await dirtyPlaces(root, pathsToAsk(files));
    found.push(...files.filter((file) => directoriesUpTo(file, root).some((part) => dirty.has(part))));
  }
  return found;
}

/** The files, as long as a command line takes them; else the directory that holds all. */
function pathsToAsk(files: readonly string[]): readonly string[] {
  const length = files.reduce((sum, file) => sum + file.length + 1, 0);
  return length < 100_000 ? files : [commonDirectory(files.map((file) => dirname(file)))];
}

const statusArguments: readonly string[] = [
  "status",
  "--porcelain",
  "-z",
  "--untracked-files=all",
  "--ignored=matching",
  "--",
];

/** What git reports below the paths; a directory stands for all that it holds. */
async function dirtyPlaces(root: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const entries = nulSeparated(await statusOf(root, paths));
  const places = new Set<string>();
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at] ?? "";
    places.add(join(root, entry.slice(3).replace(/\/$/, "")));
    const isRename = /^(R|C|.R|.C)/.test(entry);
    if (isRename) at += 1;
  }
  return places;
}

async function statusOf(root: string, paths: readonly string[]): Promise<string> {
  const result = await askGit(root, [...statusArguments, ...paths]);
  if ("stdout" in result) return result.stdout.toString("utf8");
  throw new Problem(`git status failed: ${result.reason}`, {
    place: root,
    next: "mend that, or pass --allow-dirty to write without this check",
  });
}
