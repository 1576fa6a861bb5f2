import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Codemod } from "../codemod.ts";

/** A folder of `codemods/`: its name is the codemod's. */
export interface CodemodFolder {
  readonly name: string;
  readonly codemod: Codemod;
  readonly readme: string;
}

/** Finds the codemods by their folders, so that adding one edits nothing. */
export async function readCodemods(): Promise<readonly CodemodFolder[]> {
  const root = codemodsRoot();
  const names = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(names.map((name) => readFolder(join(root, name), name)));
}

async function readFolder(folder: string, name: string): Promise<CodemodFolder> {
  const entry = ["index.js", "index.ts"].map((file) => join(folder, file)).find((file) => existsSync(file));
  if (entry === undefined) throw new Error(`codemods/${name} has no index.ts`);
  const loaded = (await import(pathToFileURL(entry).href)) as { default: Codemod };
  const readme = join(folder, "README.md");
  return { name, codemod: loaded.default, readme: existsSync(readme) ? readFileSync(readme, "utf8") : "" };
}

/** Beside the bundle when built; beside `src` when run from source. */
function codemodsRoot(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  return fileURLToPath(new URL(fromSource ? "../../codemods" : "./codemods", import.meta.url));
}
