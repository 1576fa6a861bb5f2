import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format } from "prettier";
import type { Catalog } from "../../src/bridge/catalog.ts";
import { compareVersions } from "../../src/bridge/versions.ts";
import type { Exports } from "./exports.ts";
import { extract, type Extracted } from "./extract.ts";
import { editionModule, indexModule } from "./modules.ts";
import type { Before } from "./moves.ts";
import { readTrees } from "./read-tree.ts";
import type { Source } from "./sources.ts";

/** Where everything lies below the project's folder. */
const MODULES = join("src", "bridge", "catalog");
const DATA = join(MODULES, "data");
const EXPORTS = join("scripts", "catalog", "exports");

/** What must be on record of a version, going by its source and by what is on record of the version before. */
export async function extractFrom(source: Source, root: string): Promise<Extracted> {
  const project = await readTrees(source.bridge, source.core);
  return extract(project, source, versionBefore(source.version, root));
}

/** What a folder has on record of the last version before one; null for the oldest. */
export function versionBefore(version: string, root: string): Before | null {
  const earlier = recordedVersions(root).filter((one) => compareVersions(one, version) < 0);
  const last = earlier.at(-1);
  if (last === undefined) return null;
  return { exports: recordedExports(last, root), moves: recordedCatalog(last, root).moves };
}

export function recordedCatalog(version: string, root: string): Catalog {
  return JSON.parse(readFileSync(join(root, DATA, `${version}.json`), "utf8")) as Catalog;
}

export function recordedExports(version: string, root: string): Exports {
  return JSON.parse(readFileSync(join(root, EXPORTS, `${version}.json`), "utf8")) as Exports;
}

/** The versions that a folder has a catalog of, oldest first. */
export function recordedVersions(root: string): string[] {
  const folder = join(root, DATA);
  return (existsSync(folder) ? readdirSync(folder) : [])
    .map((name) => name.slice(0, -".json".length))
    .sort(compareVersions);
}

/** Writes all that is kept of a version, and the index of all. */
export async function writeVersion({ catalog, exports }: Extracted, root: string): Promise<void> {
  const { version } = catalog;
  write(join(root, DATA, `${version}.json`), await dataText(catalog));
  write(join(root, EXPORTS, `${version}.json`), await dataText(exports));
  for (const [file, text] of await modulesOf([catalog], root)) write(join(root, file), text);
}

/** The TypeScript that goes with catalogs: their own modules, and the index of all. */
export async function modulesOf(
  catalogs: readonly Catalog[],
  root: string,
): Promise<ReadonlyMap<string, string>> {
  const own = catalogs.map(
    async (catalog) => [join(MODULES, `v${catalog.version}.ts`), await editionModule(catalog)] as const,
  );
  const index = [join(MODULES, "index.ts"), await indexModule(recordedVersions(root))] as const;
  return new Map([...(await Promise.all(own)), index]);
}

/** A line for everything that a reviewer would want to see change by itself. */
function dataText(data: Catalog | Exports): Promise<string> {
  return format(JSON.stringify(data), { parser: "json", printWidth: 110, tabWidth: 1 });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
