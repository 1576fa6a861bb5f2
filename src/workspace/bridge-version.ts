import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BridgeReport } from "../outcome.ts";
import { findInstalled, findLibrary, libraryOfConfig, probeVersion } from "./bridge-tree.ts";
import { isVersion, releasesFirst } from "./pep440.ts";
import { directoriesUpTo, relativePosix } from "./paths.ts";
import { Problem } from "./problem.ts";
import { ON_DISK, type ProjectFiles } from "./project-files.ts";
import type { LibraryRoot } from "../project.ts";
import {
  specifierInLock,
  specifierInProject,
  specifierInRequirements,
  type Specifier,
} from "./requirement.ts";
import { suggestName } from "./suggest.ts";
import { knownWithinMinor, nearestKnown, newestAllowed, type KnownVersion } from "./version-catalog.ts";

/** The version of Bridge to reason about, and the sources of it that can be read. */
export interface BridgeChoice {
  readonly bridge: BridgeReport;
  readonly library: readonly LibraryRoot[];
}

/** A version or directory that the user names, and where. */
export interface BridgeWish {
  readonly value: string;
  /** `--bridge`, or the configuration file. */
  readonly from: string;
  /** What a relative directory is relative to. */
  readonly base: string;
}

export interface BridgeSearch {
  readonly cwd: string;
  readonly wish: BridgeWish | null;
  /** Versions that the catalog knows. */
  readonly known: readonly string[];
  /** Project files are looked for from here up to `root`. */
  readonly from: string;
  readonly root: string;
  /** Absolute paths of the project's Python files. */
  readonly projectFiles: readonly string[];
}

/**
 * Decides the version: what the user names, a project file, a source tree, else the newest known.
 * @throws {Problem} for a version that the catalog does not know, or a directory without Bridge.
 */
export function chooseBridge(search: BridgeSearch): BridgeChoice {
  if (search.wish !== null) return chooseWished(search.wish, search);
  const tree = ownTree(search.projectFiles) ?? findInstalled(search.root);
  const library = tree === null ? [] : [tree];
  const told = toldVersion(search, { files: ON_DISK, tree });
  if (told !== null) return { bridge: told, library };
  const assumed = { version: newest(search.known), from: "the newest version known", assumed: true } as const;
  return { bridge: assumed, library };
}

/** Where a state of a project may tell its Bridge: the files that pin it, and the source tree within its reach. */
export interface Telling {
  readonly files: ProjectFiles;
  readonly tree: LibraryRoot | null;
}

/** The version that a state of a project tells, by what it pins, else by its source tree; null where neither does. */
export function toldVersion(
  search: Pick<BridgeSearch, "cwd" | "known" | "from" | "root">,
  { files, tree }: Telling,
): BridgeReport | null {
  const pinned = fromProjectFiles(search, files);
  if (pinned !== null || tree === null) return pinned;
  const version = probeVersion(tree, search.known);
  const from = `${relativePosix(search.cwd, join(tree.path, "megatron", "bridge"))}, by its features`;
  return version === null ? null : { version, from };
}

/** @throws {Problem} for a version that the catalog does not know, or a directory without Bridge. */
export function chooseWished(
  { value, from, base }: BridgeWish,
  { cwd, known }: Pick<BridgeSearch, "cwd" | "known">,
): BridgeChoice {
  const directory = resolve(base, value);
  const looksLikePath =
    /[/\\]/.test(value) || value.startsWith(".") || (!isVersion(value) && existsSync(directory));
  if (looksLikePath) return wishedDirectory({ directory, value, from }, { cwd, known });
  const found = knownWithinMinor(value, known);
  if (found !== null) return { bridge: report(found, from), library: [] };
  throw new Problem(`unknown Bridge version ${JSON.stringify(value)}`, {
    place: from.startsWith("--") ? null : from,
    next: isVersion(value)
      ? `did you mean ${JSON.stringify(nearestKnown(value, known)?.version)}? Known are ${known.join(", ")}`
      : `${suggestName(value, known)} A directory that holds megatron/bridge will do, too`,
  });
}

interface WishedDirectory {
  readonly directory: string;
  readonly value: string;
  readonly from: string;
}

function wishedDirectory(
  wish: WishedDirectory,
  { cwd, known }: Pick<BridgeSearch, "cwd" | "known">,
): BridgeChoice {
  const library = findLibrary(wish.directory);
  const version = library === null ? null : probeVersion(library, known);
  if (library === null || version === null) {
    const there = statSync(wish.directory, { throwIfNoEntry: false })?.isDirectory() ?? false;
    throw new Problem(
      there ? "holds no megatron/bridge, neither directly nor below src" : "no such directory",
      {
        place: wish.value,
        next: `${wish.from} takes a version such as ${newest(known)}, or a checkout or installation of Bridge`,
      },
    );
  }
  const shown = relativePosix(cwd, wish.directory);
  return { bridge: { version, from: `${wish.from} ${shown}, by its features` }, library: [library] };
}

function fromProjectFiles(
  search: Pick<BridgeSearch, "cwd" | "known" | "from" | "root">,
  files: ProjectFiles,
): BridgeReport | null {
  for (const directory of directoriesUpTo(search.from, search.root)) {
    for (const { file, specifier } of specifiersIn(directory, files)) {
      const found = newestAllowed(specifier, search.known);
      if (found !== null) return report(found, relativePosix(search.cwd, file));
    }
  }
  return null;
}

const REQUIREMENTS = /^requirements.*\.txt$/;

/** Whether a file of this name may say which Bridge is asked for. */
export function mayPin(name: string): boolean {
  return name === "uv.lock" || name === "pyproject.toml" || REQUIREMENTS.test(name);
}

function* specifiersIn(
  directory: string,
  files: ProjectFiles,
): Generator<{ readonly file: string; readonly specifier: Specifier }> {
  const requirements = files
    .names(directory)
    .filter((name) => REQUIREMENTS.test(name))
    .sort();
  const readers: readonly (readonly [string, (text: string) => Specifier | null])[] = [
    ["uv.lock", specifierInLock],
    ["pyproject.toml", specifierInProject],
    ...requirements.map((name) => [name, specifierInRequirements] as const),
  ];
  for (const [name, read] of readers) {
    const file = join(directory, name);
    const text = files.text(file);
    const specifier = text === null ? null : read(text);
    if (specifier !== null) yield { file, specifier };
  }
}

/** Bridge's own sources within the project: a checkout of it, or a copy. */
function ownTree(projectFiles: readonly string[]): LibraryRoot | null {
  const config = projectFiles
    .filter((file) => file.replaceAll("\\", "/").endsWith("/megatron/bridge/training/config.py"))
    .sort((a, b) => a.length - b.length)[0];
  return config === undefined ? null : libraryOfConfig(config);
}

function report({ version, note }: KnownVersion, from: string): BridgeReport {
  return { version, from: note === null ? from : `${from}: ${note}` };
}

function newest(known: readonly string[]): string {
  return releasesFirst(known).at(-1) ?? known.at(-1) ?? "unknown";
}
