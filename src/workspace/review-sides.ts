import { dirname, join } from "node:path";
import { mayPin } from "./bridge-version.ts";
import { ignoredByGit, readSide, type Files, type SideContents } from "./git-trees.ts";
import { finalRules, isForeign, isIgnored } from "./ignore-rules.ts";
import { patchFiles, type PatchText } from "./patched-files.ts";
import { directoriesUpTo, relativePosix } from "./paths.ts";
import { ON_DISK, type ProjectFiles } from "./project-files.ts";
import { resolveChange, requireRepository, WORKTREE, type Side } from "./revisions.ts";
import type { SideState, Trees } from "./side-tree.ts";
import { checkedOutOf, patchSubmodules } from "./submodules.ts";
import type { Workspace } from "./workspace.ts";

/** What is compared. */
export interface SidesRequest {
  readonly range: string | null;
  readonly staged: boolean;
  readonly patch: PatchText | null;
}

/** Both sides of a change as git has them, and what reports call them. */
export interface Sides extends Omit<Trees, "tree"> {
  readonly root: string;
  readonly base: string;
  readonly head: string;
}

/**
 * Reads both sides of a change.
 * @throws {Problem}
 */
export async function readSides(workspace: Workspace, request: SidesRequest): Promise<Sides> {
  const { root, before, after, base, head } = await readBoth(workspace, request);
  const ignored = await ignoredPins(workspace, root, [before.files, after.files]);
  const stateOf = ({ files, submodules }: SideContents): SideState => ({
    python: new Map([...files].filter(([path]) => isPython(path))),
    project: projectFiles(root, files, ignored),
    submodules,
  });
  const submodules = new Set([...before.submodules.keys(), ...after.submodules.keys()]);
  const checkedOut = await checkedOutOf(root, [...submodules]);
  return { root, base, head, before: stateOf(before), after: stateOf(after), checkedOut };
}

interface BothContents {
  readonly root: string;
  readonly base: string;
  readonly head: string;
  readonly before: SideContents;
  readonly after: SideContents;
}

async function readBoth(workspace: Workspace, { range, staged, patch }: SidesRequest): Promise<BothContents> {
  const { cwd } = workspace;
  if (patch === null) {
    const { root, before, after } = await resolveChange({ cwd, range, staged });
    const wanted = wantedIn(workspace, root);
    const sides = {
      before: await readContents(root, before, wanted),
      after: await readContents(root, after, wanted),
    };
    return { root, base: before.name, head: after.name, ...sides };
  }
  const root = await requireRepository(cwd);
  const wanted = wantedIn(workspace, root);
  const before = await readContents(root, WORKTREE, wanted);
  const submodules = patchSubmodules(before.submodules, patch.text);
  const after = { files: patchFiles(before.files, patch, wanted), submodules };
  return { root, base: WORKTREE.name, head: "PATCH", before, after };
}

/** Of the working tree, submodules count as they are checked out. */
async function readContents(
  root: string,
  side: Side,
  wanted: (path: string) => boolean,
): Promise<SideContents> {
  const { files, submodules } = await readSide(root, side, wanted);
  if (side.kind !== "worktree") return { files, submodules };
  return {
    files,
    submodules: new Map([...submodules, ...(await checkedOutOf(root, [...submodules.keys()]))]),
  };
}

function isPython(path: string): boolean {
  return path.endsWith(".py");
}

/** Python that is neither other people's nor excluded by the configuration, and what may say which Bridge is asked for. */
function wantedIn(workspace: Workspace, root: string): (path: string) => boolean {
  const { config } = workspace;
  const rules = config.exclude === undefined ? [] : finalRules(config.directory, config.exclude);
  const directories = new Set(pinDirectories(workspace));
  return (path) => {
    const absolute = join(root, path);
    if (isPython(path)) return !isForeign(absolute, root) && !isIgnored(rules, absolute, "file");
    return isPin(path) && directories.has(dirname(absolute));
  };
}

/** Where files that pin Bridge are looked for. */
function pinDirectories({ base, root }: Workspace): readonly string[] {
  return directoriesUpTo(base, root);
}

function isPin(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return mayPin(name) || name === "bridgemod.toml";
}

/** What git is told to ignore belongs to no side: it pins Bridge for both, such as a lock file that is not shared. */
async function ignoredPins(
  workspace: Workspace,
  root: string,
  sides: readonly Files[],
): Promise<ReadonlySet<string>> {
  const onDisk = pinDirectories(workspace).flatMap((directory) =>
    ON_DISK.names(directory)
      .filter(isPin)
      .map((name) => relativePosix(root, join(directory, name))),
  );
  const open = onDisk.filter((path) => !sides.some((files) => files.has(path)));
  return new Set(await ignoredByGit(root, open));
}

function projectFiles(root: string, files: Files, ignored: ReadonlySet<string>): ProjectFiles {
  const pins = [...files.keys(), ...ignored].filter(isPin);
  return {
    names: (directory) =>
      pins
        .filter((path) => dirname(join(root, path)) === directory)
        .map((path) => path.slice(path.lastIndexOf("/") + 1)),
    text: (file) => {
      const path = relativePosix(root, file);
      const read = files.get(path);
      if (read) return "bytes" in read ? read.bytes.toString("utf8") : null;
      return ignored.has(path) ? ON_DISK.text(file) : null;
    },
  };
}
