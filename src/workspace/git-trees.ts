import { lstatSync } from "node:fs";
import { join } from "node:path";
import { askGit, gitText, nulSeparated } from "./git-process.ts";
import { Problem } from "./problem.ts";
import { readSource, type ReadResult } from "./read-source.ts";
import type { Side } from "./revisions.ts";

/** The files of one side of a change, by their paths from the root of the working tree. */
export type Files = ReadonlyMap<string, ReadResult>;

const MEND = "mend that; `git status` must work here";

/**
 * Reads every Python file of a side that `wanted` lets through; symbolic links are left out.
 * @throws {Problem} where git cannot be asked, or a merge is not resolved.
 */
export async function readSide(root: string, side: Side, wanted: (path: string) => boolean): Promise<Files> {
  if (side.kind !== "commit") await requireMerged(root);
  if (side.kind === "worktree") return readWorktree(root, wanted);
  const listed = side.kind === "index" ? await listIndex(root) : await listCommit(root, side.id);
  return readBlobs(
    root,
    listed.filter(({ path }) => isPython(path) && wanted(path)),
  );
}

function isPython(path: string): boolean {
  return path.endsWith(".py");
}

/** @throws {Problem} naming the first file with an unresolved conflict. */
async function requireMerged(root: string): Promise<void> {
  const [first, ...others] = nulSeparated(await gitText(root, ["ls-files", "--unmerged", "-z"], MEND));
  if (first === undefined) return;
  throw new Problem("has a merge conflict that is not resolved", {
    place: pathOf(first),
    next: `resolve ${others.length > 2 ? "all conflicts" : "it"} and \`git add\` the result`,
  });
}

/** Tracked files as they are on disk, and new ones that git does not ignore. */
async function readWorktree(root: string, wanted: (path: string) => boolean): Promise<Files> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = new Map<string, ReadResult>();
  for (const path of new Set(nulSeparated(await gitText(root, args, MEND)))) {
    if (!isPython(path) || !wanted(path)) continue;
    const absolute = join(root, path);
    if (lstatSync(absolute, { throwIfNoEntry: false })?.isFile()) files.set(path, readSource(absolute));
  }
  return files;
}

interface Blob {
  readonly path: string;
  readonly id: string;
}

async function listCommit(root: string, commit: string): Promise<Blob[]> {
  const entries = nulSeparated(await gitText(root, ["ls-tree", "-r", "-z", "--full-tree", commit], MEND));
  return entries.flatMap((entry) => {
    const [mode = "", , id = ""] = entry.slice(0, entry.indexOf("\t")).split(" ");
    return isFileMode(mode) ? [{ path: pathOf(entry), id }] : [];
  });
}

async function listIndex(root: string): Promise<Blob[]> {
  const entries = nulSeparated(await gitText(root, ["ls-files", "--stage", "-z"], MEND));
  return entries.flatMap((entry) => {
    const [mode = "", id = ""] = entry.split(" ");
    return isFileMode(mode) ? [{ path: pathOf(entry), id }] : [];
  });
}

/** The paths of the working tree's submodules: other repositories, whose files no side holds. */
export async function listSubmodules(root: string): Promise<string[]> {
  const entries = nulSeparated(await gitText(root, ["ls-files", "--stage", "-z"], MEND));
  return entries.filter((entry) => entry.startsWith("160000 ")).map(pathOf);
}

/** Neither a symbolic link nor a submodule. */
function isFileMode(mode: string): boolean {
  return mode.startsWith("100");
}

function pathOf(entry: string): string {
  return entry.slice(entry.indexOf("\t") + 1);
}

async function readBlobs(root: string, blobs: readonly Blob[]): Promise<Files> {
  const ids = [...new Set(blobs.map(({ id }) => id))];
  const result = await askGit(root, ["cat-file", "--batch"], ids.map((id) => `${id}\n`).join(""));
  if ("reason" in result) throw new Problem(result.reason, { place: root, next: MEND });
  const contents = parseBatch(result.stdout);
  return new Map(
    blobs.map(({ path, id }) => {
      const bytes = contents.get(id);
      return [path, bytes ? { bytes } : { reason: "git has the file's name but not its content" }];
    }),
  );
}

/** Takes `<id> <type> <size>\n<content>\n …` apart; a missing object is `<id> missing\n`. */
function parseBatch(output: Buffer): ReadonlyMap<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf("\n", at);
    const [id = "", , size] = output.subarray(at, end).toString("latin1").split(" ");
    at = end + 1;
    if (size === undefined) continue;
    contents.set(id, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
