import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir, platform } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import writeFileAtomic from "write-file-atomic";
import type { FileOutcome, RunReport } from "../outcome.ts";
import type { ProjectInput } from "../project.ts";

/** Entries above this number give way, those used longest ago first. */
const MOST_ENTRIES = 32;

/** What a run was asked; the same question of the same texts has the same answer. */
export interface Question {
  readonly version: string;
  readonly codemods: readonly string[];
  /** Everything else that decides the answer, as JSON. */
  readonly settings: unknown;
  readonly input: ProjectInput;
}

/** The answer of an earlier run, and the files that it read beside those of the question. */
interface Entry {
  readonly read: readonly (readonly [root: number, path: string, digest: string | null])[];
  readonly report: Omit<RunReport, "files"> & { readonly files: readonly KeptOutcome[] };
}

/** An outcome without the text that the question holds. */
type KeptOutcome = Omit<FileOutcome, "before" | "after"> & { readonly after?: string };

/** Reports of earlier runs: a run over texts that did not change since costs no more than reading them. */
export interface RunCache {
  /** The report of an earlier run with the same question; null if there is none. */
  get(question: Question): RunReport | null;
  /** The project's input with its further reads noted, for `put`. */
  watch(input: ProjectInput): WatchedInput;
  put(question: Question, watched: WatchedInput, report: RunReport): Promise<void>;
}

export interface WatchedInput {
  readonly input: ProjectInput;
  readonly read: ReadonlyMap<string, readonly [number, string, string | null]>;
}

/**
 * The cache below `BRIDGEMOD_CACHE_DIR`, else where the system keeps such. Failing to read or write it is never an
 * error: the run just takes its time.
 */
export function openRunCache(env: Readonly<Record<string, string | undefined>>): RunCache {
  const directory = cacheDirectory(env);
  return {
    get: (question) => recall(join(directory, `${keyOf(question)}.json`), question),
    watch,
    put: async (question, watched, report) => {
      try {
        mkdirSync(directory, { recursive: true });
        const path = join(directory, `${keyOf(question)}.json`);
        await writeFileAtomic(path, JSON.stringify(entryOf(watched, report)), { fsync: false });
        prune(directory);
      } catch {
        // A full or read-only disk: the next run works it out anew.
      }
    },
  };
}

function cacheDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const own = env["BRIDGEMOD_CACHE_DIR"];
  if (own) return own;
  if (platform() === "darwin") return join(homedir(), "Library", "Caches", "bridgemod");
  if (platform() === "win32" && env["LOCALAPPDATA"]) return join(env["LOCALAPPDATA"], "bridgemod", "cache");
  return join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "bridgemod");
}

function keyOf({ version, codemods, settings, input }: Question): string {
  const hash = createHash("sha256");
  const { cwd, importRoots, bridge, library, listing, targets, files, launchFiles = [] } = input;
  const roots = library.map(({ path }) => path);
  hash.update(JSON.stringify([version, buildOf(), codemods, settings, cwd, importRoots, bridge, roots]));
  hash.update(JSON.stringify([listing, [...targets]]));
  hash.update(JSON.stringify(launchFiles.map(({ path, named }) => [path, named])));
  for (const { path, text } of [...files, ...launchFiles])
    hash.update(`\0${path}\0${text.length}\0`).update(text);
  return hash.digest("hex");
}

/** Tells builds of one version apart while the tool itself is worked on. */
function buildOf(): readonly number[] {
  const { mtimeMs, size } = statSync(fileURLToPath(import.meta.url));
  return [mtimeMs, size];
}

function watch(input: ProjectInput): WatchedInput {
  const read = new Map<string, readonly [number, string, string | null]>();
  const noting = (root: number, readText: (path: string) => string | null) => (path: string) => {
    const text = readText(path);
    read.set(`${root}:${path}`, [root, path, digestOf(text)]);
    return text;
  };
  const library = input.library.map((root, index) => ({
    ...root,
    read: noting(index, (path) => root.read(path)),
  }));
  return { input: { ...input, library, read: noting(-1, (path) => input.read(path)) }, read };
}

function digestOf(text: string | null): string | null {
  return text === null ? null : createHash("sha256").update(text).digest("hex");
}

function entryOf({ read }: WatchedInput, report: RunReport): Entry {
  const files = report.files.map(({ before, after, ...rest }) =>
    before === after ? rest : { ...rest, after },
  );
  return { read: [...read.values()], report: { ...report, files } };
}

function recall(path: string, { input }: Question): RunReport | null {
  try {
    const entry = JSON.parse(readFileSync(path, "utf8")) as Entry;
    const isAsRead = ([root, file, digest]: Entry["read"][number]) =>
      digestOf(root < 0 ? input.read(file) : (input.library[root]?.read(file) ?? null)) === digest;
    return entry.read.every(isAsRead) ? reportOf(entry, input) : null;
  } catch {
    return null; // No entry, or a damaged one.
  }
}

function reportOf({ report }: Entry, input: ProjectInput): RunReport {
  const texts = new Map([...input.files, ...(input.launchFiles ?? [])].map((file) => [file.path, file.text]));
  const files = report.files.map((file) => {
    const before = texts.get(file.path) ?? "";
    return { ...file, before, after: file.after ?? before };
  });
  return { ...report, files };
}

function prune(directory: string): void {
  const entries = readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ path: join(directory, name), time: statSync(join(directory, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of entries.slice(MOST_ENTRIES)) rmSync(path, { force: true });
}
