// Where the published packages lie, and which of them are complete.
import { readFileSync } from "node:fs";
import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The repository's root: the scripts may be started from anywhere. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** The git-ignored folder that holds every download. */
export const CACHE = join(ROOT, ".cache", "corpus");

const MARKER = ".complete";

/** The pinned versions, newest first: pairs of megatron-bridge and the megatron-core it goes with. */
export function readTable() {
  const file = join(import.meta.dirname, "versions.json");
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The two packages of a pair, each with the folder that it is unpacked into. */
export function packagesOf(pair) {
  return [
    { name: "megatron-bridge", version: pair.bridge, folder: join(CACHE, pair.bridge, "bridge") },
    { name: "megatron-core", version: pair.core, folder: join(CACHE, pair.bridge, "core") },
  ];
}

/** Whether a package was unpacked to its end, in the version asked for. */
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
  return readTable().pairs.filter((pair) => packagesOf(pair).every(isComplete));
}
