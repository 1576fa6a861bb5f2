import { join } from "node:path";
import type { LibraryRoot } from "../project.ts";
import { libraryOfConfig } from "./bridge-tree.ts";
import { textIn, type Commits, type Files } from "./git-trees.ts";
import { isWithin, relativePosix } from "./paths.ts";
import type { ProjectFiles } from "./project-files.ts";
import { bridgeAtCommit, bridgeOnDisk } from "./submodules.ts";

/** One side of a change, as far as its Bridge is told from it. */
export interface SideState {
  /** Its Python files, by their paths from the root of the working tree. */
  readonly python: Files;
  /** Its other files. */
  readonly project: ProjectFiles;
  readonly submodules: Commits;
}

/** Both sides, and what is checked out. */
export interface Trees {
  /** The root of the working tree. */
  readonly tree: string;
  readonly before: SideState;
  readonly after: SideState;
  /** The submodules that are on disk, by the commits that they are checked out at. */
  readonly checkedOut: Commits;
}

/** Sources of Bridge that a side holds, or that one of its submodules does. */
export interface SideTree {
  readonly library: LibraryRoot;
  /** The commit of the submodule; null for files of the side itself. */
  readonly commit: string | null;
}

interface Candidate extends SideTree {
  readonly config: string;
}

/** The sources of Bridge on a side, those nearest to the root; `lost` says why others cannot be read. */
export async function readSideTree(
  trees: Trees,
  side: SideState,
): Promise<{ readonly tree: SideTree | null; readonly lost: string | null }> {
  const found: Candidate[] = [...side.python.keys()]
    .filter((path) => `/${path}`.endsWith("/megatron/bridge/training/config.py"))
    .map((path) => {
      const config = join(trees.tree, path);
      return { config, commit: null, library: inTree(libraryOfConfig(config), trees.tree, side.python) };
    });
  let lost: string | null = null;
  for (const [path, commit] of side.submodules) {
    const candidate = await inSubmodule(trees, path, commit);
    if (typeof candidate === "string") lost ??= candidate;
    else if (candidate !== null) found.push(candidate);
  }
  const [tree = null] = found.sort((a, b) => a.config.length - b.config.length);
  return { tree, lost };
}

/** Bridge in a submodule, null where that is something else, or why it cannot be read. */
async function inSubmodule(
  { tree, before, after, checkedOut }: Trees,
  path: string,
  commit: string,
): Promise<Candidate | string | null> {
  const onDisk = bridgeOnDisk(tree, path);
  const isMoved = before.submodules.get(path) !== after.submodules.get(path);
  if (!isMoved || checkedOut.get(path) === commit)
    return onDisk === null ? null : { config: onDisk, commit, library: libraryOfConfig(onDisk) };
  const at = await bridgeAtCommit(tree, path, commit);
  if (at.kind === "found") return { config: at.config, commit, library: at.library };
  const isBridge = onDisk !== null || /megatron[-_.]?bridge/i.test(path);
  return at.kind === "lost" && isBridge
    ? `${path} is at ${commit.slice(0, 9)}, which is not fetched here`
    : null;
}

/** Bridge's sources within the repository are part of what changes; an installed Bridge is not. */
export function inTree(library: LibraryRoot, root: string, side: Files): LibraryRoot {
  if (!isWithin(root, library.path)) return library;
  const below = library.path === root ? "" : `${relativePosix(root, library.path)}/`;
  if (![...side.keys()].some((path) => path.startsWith(`${below}megatron/bridge/`))) return library;
  return { path: library.path, read: (path) => textIn(side, below + path) };
}
