import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the source of one version lies, and what it is called there. */
export interface Source {
  readonly version: string;
  readonly bridge: string;
  readonly core: string;
  readonly coreVersion: string;
  /** What a reviewer needs to get the same source. */
  readonly name: string;
}

/** The git directories of Megatron-Bridge and Megatron-LM; null where there are none. */
export interface GitDirectories {
  readonly bridge: string | null;
  readonly core: string | null;
}

export interface Row {
  readonly version: string;
  readonly published?: boolean;
  readonly bridge?: string;
  readonly core?: string;
}

/** Every version that has a catalog, oldest first. */
export const ROWS = readTable("scripts/catalog/sources.json") as readonly Row[];

const { pairs: PUBLISHED } = readTable("scripts/corpus/versions.json") as {
  readonly pairs: readonly { readonly bridge: string; readonly core: string }[];
};

function readTable(file: string): unknown {
  return JSON.parse(readFileSync(join(process.cwd(), file), "utf8"));
}

/** The source of a version: the published packages of `npm run corpus`, or a commit; null where it is not at hand. */
export function sourceOf(row: Row, git: GitDirectories): Source | null {
  return row.published ? publishedSource(row.version) : committedSource(row, git);
}

/** The packages that `npm run corpus` brought; null if it did not. */
export function publishedSource(version: string): Source | null {
  const pair = PUBLISHED.find((one) => one.bridge === version);
  const folder = join(process.cwd(), ".cache", "corpus", version);
  const [bridge, core] = [join(folder, "bridge"), join(folder, "core")];
  const isWhole = [bridge, core].every((one) => existsSync(join(one, ".complete")));
  if (!pair || !isWhole) return null;
  const name = `megatron-bridge ${pair.bridge} and megatron-core ${pair.core} from PyPI`;
  return { version, bridge, core, coreVersion: pair.core, name };
}

function committedSource({ version, bridge, core }: Row, git: GitDirectories): Source | null {
  if (git.bridge === null || git.core === null || !bridge || !core) return null;
  const folder = mkdtempSync(join(tmpdir(), `catalog-${version}-`));
  const trees = { bridge: join(folder, "bridge"), core: join(folder, "core") };
  unpack(git.bridge, `${bridge}:src`, trees.bridge);
  unpack(git.core, `${core}:megatron`, join(trees.core, "megatron"));
  const name = `Megatron-Bridge ${shortName(bridge)} and Megatron-LM ${shortName(core)}`;
  return { version, ...trees, coreVersion: statedCoreVersion(trees.core), name };
}

function shortName(revision: string): string {
  return /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 12) : revision;
}

function unpack(gitDirectory: string, tree: string, into: string): void {
  mkdirSync(into, { recursive: true });
  const options = { maxBuffer: 1 << 30, stdio: ["pipe", "pipe", "ignore"] as ("pipe" | "ignore")[] };
  const archive = execFileSync("git", [`--git-dir=${gitDirectory}`, "archive", tree], options);
  execFileSync("tar", ["x", "-C", into], { input: archive });
}

/** What Megatron-Core's own source calls itself; empty where it does not say. */
export function statedCoreVersion(core: string): string {
  const file = ["", "src"]
    .map((part) => join(core, part, "megatron", "core", "package_info.py"))
    .find(existsSync);
  const text = file === undefined ? "" : readFileSync(file, "utf8");
  const numbers = ["MAJOR", "MINOR", "PATCH"].map(
    (name) => new RegExp(`^${name} = (\\d+)`, "m").exec(text)?.[1],
  );
  if (numbers.includes(undefined)) return "";
  return numbers.join(".") + (/^PRE_RELEASE = ['"](\w*)['"]/m.exec(text)?.[1] ?? "");
}
