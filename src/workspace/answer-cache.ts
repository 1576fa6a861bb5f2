import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir, platform } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import writeFileAtomic from "write-file-atomic";
import type { ProjectInput } from "../project.ts";

/** Entries above this number, or together above this size in bytes, give way: those used longest ago first. */
const MOST_ENTRIES = 32;
const MOST_BYTES = 256 * 1024 * 1024;

/** What a run was asked; the same question of the same texts has the same answer. */
export interface Question {
  readonly version: string;
  /** The command, and everything else that decides the answer, as JSON. */
  readonly asked: unknown;
  readonly input: ProjectInput;
}

/** The answer of an earlier run, and the files that it read beside those of the question. */
interface Entry {
  readonly read: readonly (readonly [root: number, path: string, digest: string | null])[];
  readonly answer: unknown;
}

/** Answers of earlier runs: a run over texts that did not change since costs no more than reading them. */
export interface AnswerCache {
  /** What `restore` makes of what an earlier run with the same question put; null if there is nothing, or it throws. */
  get<T>(question: Question, restore: (answer: unknown) => T): T | null;
  /** The project's input with its further reads noted, for `put`. */
  watch(input: ProjectInput): WatchedInput;
  /** Keeps an answer, given as JSON. */
  put(question: Question, watched: WatchedInput, answer: string): Promise<void>;
}

export interface WatchedInput {
  readonly input: ProjectInput;
  readonly read: ReadonlyMap<string, readonly [number, string, string | null]>;
}

/**
 * The cache below `BRIDGEMOD_CACHE_DIR`, else where the system keeps such. Failing to read or write it is never an
 * error: the run just takes its time.
 */
export function openAnswerCache(env: Readonly<Record<string, string | undefined>>): AnswerCache {
  const directory = cacheDirectory(env);
  const pathOf = (question: Question) => join(directory, `${keyOf(question)}.json`);
  return {
    get: (question, restore) => {
      try {
        const answer = recall(pathOf(question), question);
        return answer === null ? null : restore(answer);
      } catch {
        return null; // No entry, or a damaged one.
      }
    },
    watch,
    put: async (question, { read }, answer) => {
      try {
        mkdirSync(directory, { recursive: true });
        const entry = `{"read":${JSON.stringify([...read.values()])},"answer":${answer}}`;
        await writeFileAtomic(pathOf(question), entry, { fsync: false });
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

function keyOf({ version, asked, input }: Question): string {
  const hash = createHash("sha256");
  const { cwd, importRoots, bridge, library, listing, targets, files, launchFiles = [] } = input;
  const roots = library.map(({ path }) => path);
  hash.update(JSON.stringify([version, buildOf(), asked, cwd, importRoots, bridge, roots]));
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

/** What an earlier run answered; null where a file that it read is another now. */
function recall(path: string, { input }: Question): unknown {
  const entry = JSON.parse(readFileSync(path, "utf8")) as Entry;
  const isAsRead = ([root, file, digest]: Entry["read"][number]) =>
    digestOf(root < 0 ? input.read(file) : (input.library[root]?.read(file) ?? null)) === digest;
  return entry.read.every(isAsRead) ? entry.answer : null;
}

function prune(directory: string): void {
  const entries = readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ path: join(directory, name), ...statSync(join(directory, name)) }))
    .sort((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  for (const [index, { path, size }] of entries.entries()) {
    bytes += size;
    // The newest stays, however large.
    if (index > 0 && (index >= MOST_ENTRIES || bytes > MOST_BYTES)) rmSync(path, { force: true });
  }
}
