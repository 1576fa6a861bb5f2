import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { RunReport } from "../src/outcome.ts";
import { DEFAULT_SCENARIOS, type Intent } from "../src/policy.ts";
import { run } from "../src/engine.ts";
import type { SourceFile } from "../src/project.ts";

/** A folder of `snapshots/<codemod>/`: what was written by hand in it. */
export interface SnapshotCase {
  readonly codemod: string;
  readonly name: string;
  readonly folder: string;
  readonly files: readonly SourceFile[];
  readonly intents: readonly Intent[];
  readonly bridge: string;
}

/** The version of Bridge that cases are for unless they name another. */
export const NEWEST = "0.6.2";

/** Every case of every codemod, in the order of names. */
export function readCases(root: string): readonly SnapshotCase[] {
  return foldersIn(root).flatMap((codemod) =>
    foldersIn(join(root, codemod)).map((name) =>
      readCase({ codemod, name, folder: join(root, codemod, name) }),
    ),
  );
}

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readCase(of: Pick<SnapshotCase, "codemod" | "name" | "folder">): SnapshotCase {
  const files = filesBelow(of.folder)
    .filter((path) => path === "input.py" || path.startsWith("input/"))
    .map((path) => ({
      path: path.replace(/^input\//, ""),
      text: readFileSync(join(of.folder, path), "utf8"),
    }));
  if (files.length === 0) throw new Error(`${of.folder} holds neither input.py nor input/`);
  const intents = headerOf(files, "intents")?.split(/\s+/) ?? ["honor"];
  return { ...of, files, intents: intents.map(intentOf), bridge: headerOf(files, "bridge") ?? NEWEST };
}

/** What a comment at the top of an input says: `# intents: honor report`, `# bridge: 0.5.1`. */
function headerOf(files: readonly SourceFile[], key: string): string | null {
  for (const { text } of files) {
    for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
      if (!line.startsWith("#")) break;
      if (line.startsWith(`# ${key}: `)) return line.slice(key.length + 4).trim();
    }
  }
  return null;
}

function intentOf(name: string): Intent {
  if (name === "honor" || name === "preserve" || name === "report") return name;
  throw new Error(`no such intent: ${name}`);
}

/** POSIX paths of the files below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => relative(folder, join(folder, path)).split(sep).join("/"))
    .sort();
}

/** What a run works on and how; the project stands in memory. */
export interface Job {
  readonly codemod: string;
  readonly files: readonly SourceFile[];
  readonly intent: Intent;
  readonly bridge: string;
}

/** Runs one codemod through the public engine. */
export function runJob({ codemod, files, intent, bridge }: Job): Promise<RunReport> {
  const python = files.filter(({ path }) => path.endsWith(".py"));
  const paths = python.map(({ path }) => path);
  const launchFiles = files
    .filter((file) => !python.includes(file))
    .map((file) => ({ ...file, named: true }));
  const input = {
    cwd: "/project",
    files: python,
    launchFiles,
    targets: new Set(paths),
    listing: paths,
    read: () => null,
    importRoots: [],
    library: [],
    bridge: { version: bridge, from: "the case" },
  };
  const policy = {
    intent,
    onlyPreserving: false,
    allowUnproven: false,
    scenarios: DEFAULT_SCENARIOS,
  };
  return run(input, [codemod], policy);
}

/** The texts as a run leaves them. */
export function filesAfter(report: RunReport): readonly SourceFile[] {
  return report.files.map(({ path, after }) => ({ path, text: after }));
}
