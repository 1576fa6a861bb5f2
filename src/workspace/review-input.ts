import { join, sep } from "node:path";
import type { SkippedFile } from "../outcome.ts";
import type { ChangeInput, ProjectInput, SourceFile } from "../project.ts";
import { chooseForSides, type SideSearch } from "./bridge-of-sides.ts";
import type { BridgeChoice } from "./bridge-version.ts";
import { textIn, type Files } from "./git-trees.ts";
import { declaredImportRoots } from "./import-roots.ts";
import { relativePosix } from "./paths.ts";
import { decodeSource, type ReadResult } from "./read-source.ts";
import { readSides, type Sides, type SidesRequest } from "./review-sides.ts";
import { bridgeOnDisk } from "./submodules.ts";
import type { ProjectRequest, Workspace } from "./workspace.ts";

export interface ReviewRequest extends Omit<ProjectRequest, "mentionsLaunch">, SidesRequest {}

/**
 * Reads the whole project as it is before a change and after it.
 * @throws {Problem}
 */
export async function loadReview(workspace: Workspace, request: ReviewRequest): Promise<ChangeInput> {
  const sides = await readSides(workspace, request);
  const { root } = sides;
  const paths = [...new Set([...sides.before.python.keys(), ...sides.after.python.keys()])].sort();
  const before = new Map(sides.before.python);
  const changed = new Set<string>();
  for (const path of paths) {
    const now = sides.after.python.get(path);
    if (now && isSameText(sides.before.python.get(path), now)) before.set(path, now);
    else changed.add(path);
  }
  const matters = (path: string, file: ReadResult) =>
    changed.has(path) || ("bytes" in file && request.mentionsRecipes(file.bytes));
  const chosen = await chooseForSides(searchIn(workspace, request, sides));
  const common = { workspace, root, matters, changed };
  const old = inputOf(common, before, chosen.before);
  const now = inputOf(common, sides.after.python, chosen.after);
  const unread = [
    ...now.unread.map((one) => ({ ...one, failed: now.input.targets.has(one.file) })),
    ...old.unread.map(({ file, reason }) => ({ file, reason: `before the change: ${reason}` })),
  ];
  return {
    before: old.input,
    after: now.input,
    shift: chosen.shift,
    namesBoth: chosen.isToldApart,
    base: sides.base,
    head: sides.head,
    unread,
  };
}

function searchIn(
  { cwd, base, root }: Workspace,
  { bridge, knownVersions }: ReviewRequest,
  { root: tree, before, after, checkedOut }: Sides,
): SideSearch {
  const onDisk = [...checkedOut.keys()].flatMap((path) => bridgeOnDisk(tree, path) ?? []);
  const projectFiles = [...[...after.python.keys()].map((path) => join(tree, path)), ...onDisk];
  const place = { cwd, from: base, root, tree };
  return { ...place, wish: bridge, known: knownVersions, projectFiles, before, after, checkedOut };
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

interface Common {
  readonly workspace: Workspace;
  readonly root: string;
  readonly matters: (path: string, file: ReadResult) => boolean;
  readonly changed: ReadonlySet<string>;
}

interface Loaded {
  readonly input: ProjectInput;
  readonly unread: readonly SkippedFile[];
}

function inputOf({ workspace, root, matters, changed }: Common, side: Files, chosen: BridgeChoice): Loaded {
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
    ...chosen,
  };
  return { input, unread };
}

function decode(file: ReadResult) {
  return "bytes" in file ? decodeSource(file.bytes) : file;
}
