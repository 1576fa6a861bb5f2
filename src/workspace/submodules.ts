import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LibraryRoot } from "../project.ts";
import { askGit } from "./git-process.ts";
import { readCommit, textIn, type Commits } from "./git-trees.ts";

const CONFIG = /^(?:src\/)?megatron\/bridge\/training\/config\.py$/;
const SOURCE = /^(?:src\/)?megatron\/.*\.py$/;

/** Those of some submodules that are on disk, by the commits that are checked out. */
export async function checkedOutOf(root: string, submodules: readonly string[]): Promise<Commits> {
  const found = submodules.map(async (path) => [path, await checkedOut(root, path)] as const);
  return new Map((await Promise.all(found)).flatMap(([path, id]) => (id === null ? [] : [[path, id]])));
}

/** The commit that is checked out; null where the submodule is not there. */
async function checkedOut(root: string, path: string): Promise<string | null> {
  const directory = join(root, path);
  if (!existsSync(join(directory, ".git"))) return null;
  const result = await askGit(directory, ["rev-parse", "HEAD"]);
  return "stdout" in result ? result.stdout.toString("utf8").trim() : null;
}

/** What `git diff` writes of a submodule, whichever way it is told to. */
const MOVED = /^diff --git a\/(.+) b\/\1\n(?:.*\n)*?\+Subproject commit ([0-9a-f]{40,})/gm;

/** The submodules as a patch leaves them. */
export function patchSubmodules(before: Commits, patch: string): Commits {
  const moved = [...patch.matchAll(MOVED)].map(([, path = "", id = ""]) => [path, id] as const);
  return new Map([...before, ...moved]);
}

/** Bridge as it is at a commit of a submodule: its sources, `none` for another repository, `lost` for an absent commit. */
export type BridgeAtCommit =
  | { readonly kind: "found"; readonly library: LibraryRoot; readonly config: string }
  | { readonly kind: "none" | "lost" };

/** Reads Bridge's sources out of a submodule's own history. */
export async function bridgeAtCommit(root: string, path: string, commit: string): Promise<BridgeAtCommit> {
  const directory = join(root, path);
  const isThere = existsSync(join(directory, ".git"));
  const files = isThere ? await readCommit(directory, commit, (file) => SOURCE.test(file)) : null;
  if (files === null) return { kind: "lost" };
  const config = [...files.keys()].find((file) => CONFIG.test(file));
  if (config === undefined) return { kind: "none" };
  const base = config.slice(0, config.indexOf("megatron/"));
  const library: LibraryRoot = { path: join(directory, base), read: (file) => textIn(files, base + file) };
  return { kind: "found", library, config: join(directory, config) };
}

/** Where a submodule that is checked out holds Bridge's configuration module; null where it holds none. */
export function bridgeOnDisk(root: string, path: string): string | null {
  const places = [path, `${path}/src`].map((at) => join(root, at, "megatron/bridge/training/config.py"));
  return places.find((place) => existsSync(place)) ?? null;
}
