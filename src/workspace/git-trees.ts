import { lstatSync } from "node:fs";
import { join } from "node:path";
import { askGit, gitText, nulSeparated } from "./git-process.ts";
import { Problem } from "./problem.ts";
import { decodeSource, readSource, type ReadResult } from "./read-source.ts";
import type { Side } from "./revisions.ts";

/** The files of one side of a change, by their paths from the root of the working tree. */
export type Files = ReadonlyMap<string, ReadResult>;

const MEND = "mend that; `git status` must work here";

/** Commits by the paths of the submodules that are at them. */
export type Commits = ReadonlyMap<string, string>;

/** What a side holds: files, and submodules by the commits that it records for them. */
export interface SideContents {
  readonly files: Files;
  readonly submodules: Commits;
}

/**
 * Reads every file of a side that `wanted` lets through; symbolic links are left out.
 * @throws {Problem} where git cannot be asked, or a merge is not resolved.
 */
export async function readSide(
  root: string,
  side: Side,
  wanted: (path: string) => boolean,
): Promise<SideContents> {
  if (side.kind !== "commit") await requireMerged(root);
  const listed = side.kind === "commit" ? await listCommit(root, side.id) : await listIndex(root);
  const files =
    side.kind === "worktree" ? readWorktree(root, wanted) : readBlobs(root, wantedOf(listed, wanted));
  return { files: await files, submodules: submodulesIn(listed) };
}

/**
 * Reads the files of any commit that `wanted` lets through; null where the commit is not there.
 * @throws {Problem} where git cannot be asked.
 */
export async function readCommit(
  root: string,
  commit: string,
  wanted: (path: string) => boolean,
): Promise<Files | null> {
  const there = await askGit(root, ["cat-file", "-e", `${commit}^{commit}`]);
  if ("reason" in there) return null;
  return readBlobs(root, wantedOf(await listCommit(root, commit), wanted));
}

function wantedOf(listed: readonly Entry[], wanted: (path: string) => boolean): readonly Entry[] {
  return listed.filter(({ path, mode }) => isFileMode(mode) && wanted(path));
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
    if (!wanted(path)) continue;
    const absolute = join(root, path);
    if (lstatSync(absolute, { throwIfNoEntry: false })?.isFile()) files.set(path, readSource(absolute));
  }
  return files;
}

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

async function listCommit(root: string, commit: string): Promise<Entry[]> {
  const entries = nulSeparated(await gitText(root, ["ls-tree", "-r", "-z", "--full-tree", commit], MEND));
  return entries.map((entry) => {
    const [mode = "", , id = ""] = entry.slice(0, entry.indexOf("\t")).split(" ");
    return { path: pathOf(entry), mode, id };
  });
}

async function listIndex(root: string): Promise<Entry[]> {
  const entries = nulSeparated(await gitText(root, ["ls-files", "--stage", "-z"], MEND));
  return entries.map((entry) => {
    const [mode = "", id = ""] = entry.split(" ");
    return { path: pathOf(entry), mode, id };
  });
}

function submodulesIn(listed: readonly Entry[]): Commits {
  return new Map(listed.filter(({ mode }) => mode === SUBMODULE).map(({ path, id }) => [path, id]));
}

const SUBMODULE = "160000";

/** Those of some paths that git is told to ignore, and does. */
export async function ignoredByGit(root: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const args = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", ...paths];
  return nulSeparated(await gitText(root, args, MEND));
}

/** Neither a symbolic link nor a submodule. */
function isFileMode(mode: string): boolean {
  return mode.startsWith("100");
}

function pathOf(entry: string): string {
  return entry.slice(entry.indexOf("\t") + 1);
}

async function readBlobs(root: string, blobs: readonly Entry[]): Promise<Files> {
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

/** The text of a file of a side; null where it has none that could be read. */
export function textIn(files: Files, path: string): string | null {
  const file = files.get(path);
  const decoded = file && "bytes" in file ? decodeSource(file.bytes) : null;
  return decoded && "text" in decoded ? decoded.text : null;
}
