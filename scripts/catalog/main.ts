import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { compareVersions } from "../../src/bridge/versions.ts";
import { extractCatalog } from "./extract.ts";
import { readTrees } from "./read-tree.ts";

const HELP = `Extracts the catalog of one Bridge version from its source.

  npm run catalog -- --bridge DIR --mcore DIR --version V [--mcore-version V]

DIR holds megatron/, directly or below src/.`;

const DATA = join(process.cwd(), "src", "bridge", "catalog", "data");

const { values } = parseArgs({
  options: {
    bridge: { type: "string" },
    mcore: { type: "string" },
    version: { type: "string" },
    "mcore-version": { type: "string", default: "" },
    out: { type: "string", default: DATA },
  },
});

if (!values.bridge || !values.mcore || !values.version) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  const { bridge, mcore: core, version, out } = values;
  const started = performance.now();
  const catalog = extractCatalog(await readTrees(bridge, core), {
    version,
    coreVersion: values["mcore-version"],
    bridge,
    core,
  });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${version}.json`), `${JSON.stringify(catalog)}\n`);
  await writeIndex(out);
  const sizes = `${Object.keys(catalog.classes).length} classes, ${Object.keys(catalog.functions).length} functions, ${Object.keys(catalog.modelDefaults).length} certain model defaults`;
  console.log(`${version}: ${sizes} in ${Math.round(performance.now() - started)} ms`);
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
