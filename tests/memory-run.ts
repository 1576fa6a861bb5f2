import { execFileSync } from "node:child_process";
import { loadCatalog } from "../src/bridge/catalog.ts";
import type { Finding, NamedCodemod, RecipeFile } from "../src/codemod.ts";
import { migrate } from "../src/migrate.ts";
import type { Chooser, FileOutcome, RunReport } from "../src/outcome.ts";
import { DEFAULT_SCENARIOS, type Policy } from "../src/policy.ts";
import { openProject, type ProjectInput } from "../src/project.ts";
import { loadPythonParser } from "../src/python/parser.ts";
import { nearestName } from "../src/workspace/suggest.ts";

const parser = await loadPythonParser();
const catalog = await loadCatalog("0.6.2");

/** Finds every `BAD` that stands in the code and can do nothing about it. */
export const flagBad: NamedCodemod = {
  name: "flag-bad",
  set: "recommended",
  remit: [],
  *find(file) {
    for (const at of placesOf(file, "BAD")) {
      const severity = file.text.startsWith("_INFO", at + 3) ? "info" : "warning";
      yield { rule: "bad", severity, span: { start: at, end: at + 3 }, message: `BAD\nis bad.`, fix: null };
    }
  },
};

/** Replaces every `OLD` by `NEW`; those of one function in one fix. */
export const swapOld: NamedCodemod = {
  name: "swap-old",
  set: "recommended",
  remit: [],
  *find(file) {
    const places = placesOf(file, "OLD");
    const functionOf = (at: number) => file.text.lastIndexOf("\ndef ", at);
    for (const func of new Set(places.map(functionOf))) {
      const [first = 0, ...others] = places.filter((at) => functionOf(at) === func);
      const edits = [first, ...others].map((at) => ({ start: at, end: at + 3, text: "NEW" }));
      const fix = { edits, claims: [], recipes: [], knobs: [] };
      const span = { start: first, end: first + 3 };
      yield { rule: "old", severity: "warning", span, message: "OLD is old.", fix } satisfies Finding;
    }
  },
};

function placesOf({ text, source }: RecipeFile, word: string): number[] {
  const comments = source.parsed().comments();
  return [...text.matchAll(new RegExp(word, "g"))]
    .map(({ index }) => index)
    .filter((at) => !comments.some(({ start, end }) => start <= at && at < end));
}

export interface MemoryRun {
  readonly codemods?: readonly NamedCodemod[];
  readonly policy?: Partial<Policy>;
  readonly choose?: Chooser;
}

export const defaultPolicy: Policy = {
  intent: "honor",
  onlyPreserving: false,
  allowUnproven: false,
  scenarios: { worldSize: null, gpu: null, te: true },
};

/** A project that stands in memory. */
export function inputOf(texts: Readonly<Record<string, string>>): ProjectInput {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  const listing = files.map(({ path }) => path);
  return {
    cwd: "/project",
    files,
    targets: new Set(listing),
    listing,
    read: () => null,
    importRoots: [],
    library: [],
    bridge: { version: "0.6.2", from: "the test" },
  };
}

/** Runs codemods over texts in memory. */
export function runInMemory(
  texts: Readonly<Record<string, string>>,
  { codemods = [flagBad, swapOld], policy = {}, choose }: MemoryRun = {},
): Promise<RunReport> {
  return migrate(openProject(inputOf(texts), parser), {
    codemods,
    catalog,
    comments: { known: [flagBad.name, swapOld.name], nearest: nearestName },
    policy: {
      intent: "honor",
      onlyPreserving: false,
      allowUnproven: false,
      scenarios: DEFAULT_SCENARIOS,
      ...policy,
    },
    onProgress: () => Promise.resolve(),
    ...(choose && { choose }),
  });
}

/** The outcome of a run over one text. */
export async function outcomeOf(text: string, options: MemoryRun = {}): Promise<FileOutcome> {
  const [file] = (await runInMemory({ "a.py": text }, options)).files;
  if (!file) throw new Error("no outcome");
  return file;
}

/** The syntax of texts as CPython sees it, one dump each. */
export function dumpsOf(texts: readonly string[]): string[] {
  const program =
    "import ast, json, sys; print(json.dumps([ast.dump(ast.parse(t.encode())) for t in json.load(sys.stdin)]))";
  return JSON.parse(
    execFileSync("python3", ["-W", "error", "-c", program], { input: JSON.stringify(texts) }).toString(),
  );
}
