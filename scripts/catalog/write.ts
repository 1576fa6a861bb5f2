import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import type { Catalog } from "../../src/bridge/catalog.ts";
import { compareVersions } from "../../src/bridge/versions.ts";
import { extractCatalog } from "./extract.ts";
import { readTrees } from "./read-tree.ts";
import type { Source } from "./sources.ts";

/** What the catalog of a version must be, going by its source. */
export async function catalogOf(source: Source): Promise<Catalog> {
  return extractCatalog(await readTrees(source.bridge, source.core), source);
}

/** The text of a catalog's file: a line for everything that a reviewer would want to see change by itself. */
export function textOf(catalog: Catalog): Promise<string> {
  return format(JSON.stringify(catalog), { parser: "json", printWidth: 110, tabWidth: 1 });
}

/** Writes a catalog and the index of all. */
export async function writeCatalog(catalog: Catalog, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${catalog.version}.json`), await textOf(catalog));
  await writeIndex(folder);
}

async function writeIndex(folder: string): Promise<void> {
  const versions = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort(compareVersions);
  const lines = versions.map((version) => `"${version}": () => import("./data/${version}.json"),`);
  const source = `import type { Catalog } from "../catalog.ts";

/** Written by \`npm run catalog\`. */
export const CATALOGS: Readonly<Record<string, () => Promise<{ default: Catalog }>>> = {
${lines.join("\n")}
};
`;
  writeFileSync(
    join(folder, "..", "index.ts"),
    await format(source, { parser: "typescript", printWidth: 110 }),
  );
}
