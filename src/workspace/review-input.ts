import { join, sep } from "node:path";
import type { SkippedFile } from "../outcome.ts";
import type { ChangeInput, LibraryRoot, ProjectInput, SourceFile } from "../project.ts";
import { chooseBridge } from "./bridge-version.ts";
import { listSubmodules, readSide, type Files } from "./git-trees.ts";
import { finalRules, isForeign, isIgnored } from "./ignore-rules.ts";
import { declaredImportRoots } from "./import-roots.ts";
import { patchFiles, type PatchText } from "./patched-files.ts";
import { isWithin, relativePosix } from "./paths.ts";
import { decodeSource, type ReadResult } from "./read-source.ts";
import { pathExists } from "./targets.ts";
import { resolveChange, requireRepository, type Change } from "./revisions.ts";
import type { ProjectRequest, Workspace } from "./workspace.ts";

export interface ReviewRequest extends Omit<ProjectRequest, "mentionsLaunch"> {
  readonly range: string | null;
  readonly staged: boolean;
  readonly patch: PatchText | null;
}

/**
 * Reads the whole project as it is before a change and after it.
 * @throws {Problem}
 */
export async function loadReview(workspace: Workspace, request: ReviewRequest): Promise<ChangeInput> {
  const sides = await readSides(workspace, request);
  const { root } = sides;
  const paths = [...new Set([...sides.before.keys(), ...sides.after.keys()])].sort();
  const before = new Map(sides.before);
  const changed = new Set<string>();
  for (const path of paths) {
    const now = sides.after.get(path);
    if (now && isSameText(sides.before.get(path), now)) before.set(path, now);
    else changed.add(path);
  }
  const matters = (path: string, file: ReadResult) =>
    changed.has(path) || ("bytes" in file && request.mentionsRecipes(file.bytes));
  const inSubmodules = (await listSubmodules(root))
    .flatMap(bridgeIn)
    .filter((path) => pathExists(root, path));
  const projectFiles = [...sides.after.keys(), ...inSubmodules].map((path) => join(root, path));
  const chosen = chooseFor(workspace, request, projectFiles);
  const common = { workspace, root, chosen, matters, changed };
  const old = inputOf(common, before);
  const now = inputOf(common, sides.after);
  const unread = [
    ...now.unread.map((one) => ({ ...one, failed: now.input.targets.has(one.file) })),
    ...old.unread.map(({ file, reason }) => ({ file, reason: `before the change: ${reason}` })),
  ];
  return { before: old.input, after: now.input, base: sides.base, head: sides.head, unread };
}

interface Sides {
  readonly root: string;
  readonly before: Files;
  readonly after: Files;
  readonly base: string;
  readonly head: string;
}

async function readSides(workspace: Workspace, { range, staged, patch }: ReviewRequest): Promise<Sides> {
  const { cwd } = workspace;
  if (patch === null) {
    const { root, before, after }: Change = await resolveChange({ cwd, range, staged });
    const wanted = wantedIn(workspace, root);
    return {
      root,
      before: await readSide(root, before, wanted),
      after: await readSide(root, after, wanted),
      base: before.name,
      head: after.name,
    };
  }
  const root = await requireRepository(cwd);
  const wanted = wantedIn(workspace, root);
  const before = await readSide(root, { kind: "worktree", name: "WORKTREE" }, wanted);
  return { root, before, after: patchFiles(before, patch, wanted), base: "WORKTREE", head: "PATCH" };
}

/** Neither other people's code nor what the configuration excludes. */
function wantedIn({ config }: Workspace, root: string): (path: string) => boolean {
  const rules = config.exclude === undefined ? [] : finalRules(config.directory, config.exclude);
  return (path) => {
    const absolute = join(root, path);
    return !isForeign(absolute, root) && !isIgnored(rules, absolute, "file");
  };
}

/** Where a submodule would hold Bridge's sources. */
function bridgeIn(submodule: string): string[] {
  return [submodule, `${submodule}/src`].map((path) => `${path}/megatron/bridge/training/config.py`);
}

/** How git checks lines out does not count as a change. */
function isSameText(before: ReadResult | undefined, after: ReadResult): boolean {
  if (before === undefined || !("bytes" in before) || !("bytes" in after)) return false;
  if (before.bytes.equals(after.bytes)) return true;
  if (!before.bytes.includes("\r") && !after.bytes.includes("\r")) return false;
  return withoutReturns(before.bytes) === withoutReturns(after.bytes);
}

function withoutReturns(bytes: Buffer): string {
  return bytes.toString("latin1").replaceAll("\r\n", "\n");
}

type Chosen = ReturnType<typeof chooseBridge>;

function chooseFor(
  { cwd, base, root }: Workspace,
  { bridge, knownVersions }: ReviewRequest,
  projectFiles: readonly string[],
): Chosen {
  return chooseBridge({ cwd, wish: bridge, known: knownVersions, from: base, root, projectFiles });
}

interface Common {
  readonly workspace: Workspace;
  readonly root: string;
  readonly chosen: Chosen;
  readonly matters: (path: string, file: ReadResult) => boolean;
  readonly changed: ReadonlySet<string>;
}

interface Loaded {
  readonly input: ProjectInput;
  readonly unread: readonly SkippedFile[];
}

function inputOf({ workspace, root, chosen, matters, changed }: Common, side: Files): Loaded {
  const { cwd, base } = workspace;
  const shown = (path: string) => relativePosix(cwd, join(root, path));
  const files: SourceFile[] = [];
  const unread: SkippedFile[] = [];
  for (const [path, file] of side) {
    if (!matters(path, file)) continue;
    const decoded = decode(file);
    if ("text" in decoded) files.push({ path: shown(path), text: decoded.text });
    else unread.push({ file: shown(path), reason: decoded.reason });
  }
  const byShown = new Map([...side].map(([path, file]) => [shown(path), file]));
  const input: ProjectInput = {
    cwd: cwd.split(sep).join("/"),
    files,
    targets: new Set([...changed].map(shown).filter((path) => byShown.has(path))),
    listing: [...byShown.keys()],
    read: (path) => textIn(byShown, path),
    importRoots: declaredImportRoots(base, workspace.root, cwd),
    bridge: chosen.bridge,
    library: chosen.library.map((library) => libraryIn(library, root, side)),
  };
  return { input, unread };
}

function decode(file: ReadResult) {
  return "bytes" in file ? decodeSource(file.bytes) : file;
}

function textIn(files: Files, path: string): string | null {
  const file = files.get(path);
  const decoded = file && decode(file);
  return decoded && "text" in decoded ? decoded.text : null;
}

/** Bridge's sources within the repository are part of what changes; an installed Bridge is not. */
function libraryIn(library: LibraryRoot, root: string, side: Files): LibraryRoot {
  if (!isWithin(root, library.path)) return library;
  const below = library.path === root ? "" : `${relativePosix(root, library.path)}/`;
  if (![...side.keys()].some((path) => path.startsWith(`${below}megatron/bridge/`))) return library;
  return { path: library.path, read: (path) => textIn(side, below + path) };
}
