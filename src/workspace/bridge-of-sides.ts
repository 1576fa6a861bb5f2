import { join } from "node:path";
import type { BridgeReport } from "../outcome.ts";
import type { BridgeShift, LibraryRoot } from "../project.ts";
import { findInstalled, probeVersion } from "./bridge-tree.ts";
import {
  chooseBridge,
  chooseWished,
  toldVersion,
  type BridgeChoice,
  type BridgeSearch,
} from "./bridge-version.ts";
import { bridgeInConfig } from "./config.ts";
import { inTree, readSideTree, type SideState, type SideTree, type Trees } from "./side-tree.ts";

/** Where the Bridge of either side is looked for. */
export interface SideSearch extends BridgeSearch, Trees {}

/** The Bridge of each side. */
export interface ChosenSides {
  readonly before: BridgeChoice;
  readonly after: BridgeChoice;
  /** How they differ; null where they do not. */
  readonly shift: BridgeShift | null;
  /** Whether there is more to say of the side before than that it is the same. */
  readonly isToldApart: boolean;
}

/**
 * Decides the version of Bridge for each side from that side's own files. A side that tells none is taken to be of the
 * other's: what nobody wrote is no change. What is installed belongs to no side; it serves the sides of its version.
 * @throws {Problem} for a version that the catalog does not know, or a directory without Bridge.
 */
export async function chooseForSides(search: SideSearch): Promise<ChosenSides> {
  const before = await tell(search, search.before);
  const after = await tell(search, search.after);
  const told = after.bridge ?? before.bridge;
  if (told === null) {
    const choice = chooseBridge(search);
    const [old, now] = [search.before, search.after].map((side) => withLibrary(choice, search, side));
    return { before: old ?? choice, after: now ?? choice, shift: null, isToldApart: false };
  }
  const bridges = {
    before: before.bridge ?? untold(told, before, "before"),
    after: after.bridge ?? untold(told, after, "after"),
  };
  const isSame = bridges.before.version === bridges.after.version;
  const choiceOf = (side: Told, bridge: BridgeReport): BridgeChoice => {
    const library = side.library ?? installedFor(search, isSame ? null : bridge.version);
    return { bridge, library };
  };
  const shift = shiftBetween({ before, after }, bridges);
  return {
    before: choiceOf(before, bridges.before),
    after: choiceOf(after, bridges.after),
    shift,
    isToldApart: shift !== null || noteOf(bridges.before) !== noteOf(bridges.after),
  };
}

/** What a side tells of its Bridge. */
interface Told {
  readonly bridge: BridgeReport | null;
  /** Null where what is installed may serve. */
  readonly library: readonly LibraryRoot[] | null;
  readonly tree: SideTree | null;
  /** Why the side's sources cannot be read, though it has some. */
  readonly lost: string | null;
}

async function tell(search: SideSearch, side: SideState): Promise<Told> {
  const wish = wishOf(search, side);
  if (wish !== null) {
    const { bridge, library } = withLibrary(chooseWished(wish, search), search, side);
    return { bridge, library, tree: null, lost: null };
  }
  const { tree, lost } = await readSideTree(search, side);
  const bridge = toldVersion(search, { files: side.project, tree: tree?.library ?? null });
  return { bridge, library: tree ? [tree.library] : null, tree, lost };
}

/** What the user names; where that is in a file of the project, what the file names on this side. */
function wishOf({ wish, cwd }: SideSearch, { project }: SideState): SideSearch["wish"] {
  if (wish === null || wish.from.startsWith("--")) return wish;
  const file = join(cwd, wish.from);
  const text = project.text(file);
  if (text === null) return wish;
  const value = bridgeInConfig(text, file);
  return value === null ? null : { ...wish, value };
}

function untold({ version, from }: BridgeReport, { lost }: Told, when: "before" | "after"): BridgeReport {
  const why = lost ?? `nothing tells it ${when} the change`;
  return { version, from: `${from}: ${why}` };
}

function withLibrary({ bridge, library }: BridgeChoice, { tree }: Trees, side: SideState): BridgeChoice {
  return { bridge, library: library.map((one) => inTree(one, tree, side.python)) };
}

/** What is installed, where it is of the version; of any version where that is null. */
function installedFor({ root, known }: SideSearch, version: string | null): readonly LibraryRoot[] {
  const installed = findInstalled(root);
  if (installed === null) return [];
  return version === null || probeVersion(installed, known) === version ? [installed] : [];
}

function shiftBetween(
  told: { readonly before: Told; readonly after: Told },
  { before, after }: { readonly before: BridgeReport; readonly after: BridgeReport },
): BridgeShift | null {
  const trees = [told.before.tree, told.after.tree];
  const isInDiff = trees.some((tree) => tree !== null && tree.commit === null);
  if (before.version !== after.version)
    return { label: `Bridge ${before.version} → ${after.version}`, isInDiff };
  const [old, now] = trees.map((tree) => tree?.commit?.slice(0, 9));
  if (old === undefined || now === undefined || old === now) return null;
  return { label: `Bridge ${after.version} at ${old} → ${now}`, isInDiff };
}

/** What is said of a version beside the file that tells it: `0.6.7, nearest known 0.6.2`. */
function noteOf({ from }: BridgeReport): string {
  return from.slice(from.indexOf(": ") + 1 || from.length);
}
