// Where the sources of every version lie, and which of them are complete.
import { readFileSync } from "node:fs";
import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The repository's root: the scripts may be started from anywhere. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** The git-ignored folder that holds every package and every commit. */
export const CACHE = join(ROOT, ".cache", "corpus");

const MARKER = ".complete";

/** The pinned versions, newest first: pairs of megatron-bridge and the megatron-core it goes with. */
export function readTable() {
  const file = join(import.meta.dirname, "versions.json");
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The versions that are a commit and no package, newest first: pairs of what Bridge and the Megatron-LM it pins. */
export function readCommits() {
  return readSources().flatMap(({ version, bridge, core }) =>
    bridge === undefined ? [] : [{ bridge: version, core, commit: bridge }],
  );
}

/** Every version that has a catalog, newest first. */
function readSources() {
  const file = join(ROOT, "scripts", "catalog", "sources.json");
  return JSON.parse(readFileSync(file, "utf8")).reverse();
}

/** The two packages of a pair, or its two commits, each with the folder that it is unpacked into. */
export function packagesOf({ bridge, core, commit }) {
  const [forBridge, forCore] = [join(CACHE, bridge, "bridge"), join(CACHE, bridge, "core")];
  if (commit === undefined)
    return [
      { name: "megatron-bridge", version: bridge, folder: forBridge },
      { name: "megatron-core", version: core, folder: forCore },
    ];
  return [
    { name: "Megatron-Bridge", version: commit, folder: forBridge },
    { name: "Megatron-LM", version: core, folder: forCore },
  ];
}

/** Whether a package or a commit was unpacked to its end, in the version asked for. */
export function isComplete(wanted) {
  try {
    return readFileSync(join(wanted.folder, MARKER), "utf8") === `${wanted.name} ${wanted.version}\n`;
  } catch {
    return false;
  }
}

/** Empties a package's folder, so that nothing of a cut-off download stays. */
export async function startPackage(wanted) {
  await rm(wanted.folder, { recursive: true, force: true });
  await mkdir(wanted.folder, { recursive: true });
}

/** Marks a package as whole. Written last. */
export async function finishPackage(wanted) {
  await access(join(wanted.folder, "megatron"));
  await writeFile(join(wanted.folder, MARKER), `${wanted.name} ${wanted.version}\n`);
}

/** The pairs of which both packages are whole, newest first. */
export function cachedPairs() {
  return readTable().pairs.filter(isWhole);
}

/** The same with those that are commits. */
export function cachedVersions() {
  const pairs = new Map([...readTable().pairs, ...readCommits()].map((pair) => [pair.bridge, pair]));
  return readSources()
    .map(({ version }) => pairs.get(version))
    .filter((pair) => pair !== undefined && isWhole(pair));
}

function isWhole(pair) {
  return packagesOf(pair).every(isComplete);
}
