import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { ROWS, sourceOf, statedCoreVersion, type GitDirectories, type Source } from "./sources.ts";
import { extractFrom, writeVersion } from "./write.ts";

const HELP = `Extracts the catalog of one Bridge version from its source, or every one again.

  npm run catalog -- --bridge DIR --mcore DIR --version V [--mcore-version V] [--source TEXT]
  npm run catalog -- --all [--bridge-git DIR --mcore-git DIR]

DIR holds megatron/, directly or below src/. --all takes the packages that \`npm run corpus\` brought, and the commits
that scripts/catalog/sources.json names out of the git directories.`;

const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    bridge: { type: "string" },
    mcore: { type: "string" },
    version: { type: "string" },
    "mcore-version": { type: "string" },
    source: { type: "string", default: "a source tree" },
    "bridge-git": { type: "string" },
    "mcore-git": { type: "string" },
    out: { type: "string", default: process.cwd() },
  },
});

const { bridge, mcore: core, version, source: name } = values;
if (values.all) await writeAll({ bridge: values["bridge-git"] ?? null, core: values["mcore-git"] ?? null });
else if (!bridge || !core || !version) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  const coreVersion = values["mcore-version"] ?? statedCoreVersion(core);
  await write({ version, bridge, core, coreVersion, name });
}

async function writeAll(git: GitDirectories): Promise<void> {
  for (const row of ROWS) {
    const source = sourceOf(row, git);
    if (source === null) {
      console.log(`${row.version}: left as it is, its source is not at hand`);
      continue;
    }
    await write(source);
    if (source.bridge.startsWith(tmpdir())) rmSync(dirname(source.bridge), { recursive: true });
  }
}

async function write(source: Source): Promise<void> {
  const started = performance.now();
  const extracted = await extractFrom(source, values.out);
  const { catalog } = extracted;
  await writeVersion(extracted, values.out);
  const sizes = `${Object.keys(catalog.classes).length} classes, ${Object.keys(catalog.functions).length} functions, ${Object.keys(catalog.modelDefaults).length} certain model defaults, ${Object.keys(catalog.moves).length} moves`;
  console.log(`${source.version}: ${sizes} in ${Math.round(performance.now() - started)} ms`);
}
