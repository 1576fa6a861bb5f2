// npm run corpus: brings the sources that `npm run test:corpus` and `npm run bench` work on.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { cachedPairs, packagesOf, readCommits, readTable } from "./corpus/cache.mjs";
import { checkOut } from "./corpus/check-out.mjs";
import { obtain } from "./corpus/download.mjs";

const USAGE = `Usage: npm run corpus -- [--bridge-git DIR --mcore-git DIR]
Brings the published packages from PyPI into .cache/corpus.
  --bridge-git DIR, --mcore-git DIR
                    git directories of Megatron-Bridge and Megatron-LM: the versions that are no package are taken
                    from their commits, too (scripts/catalog/sources.json); npm run test:corpus -- --version all
                    works on them`;

process.exitCode = await main();

async function main() {
  const { values } = parseArgs({
    options: {
      "bridge-git": { type: "string" },
      "mcore-git": { type: "string" },
      help: { type: "boolean" },
    },
  });
  const { "bridge-git": bridgeGit, "mcore-git": coreGit, help } = values;
  if (help) return say(USAGE, 0);
  if ((bridgeGit === undefined) !== (coreGit === undefined)) return say(USAGE, 2);
  const missing = await bringPackages();
  const absent =
    bridgeGit === undefined ? 0 : await bringCommits([bridgeGit, coreGit].map((one) => resolve(one)));
  return conclude(missing + absent);
}

function say(text, code) {
  (code === 0 ? console.log : console.error)(text);
  return code;
}

async function bringPackages() {
  const { pairs, ...target } = readTable();
  let missing = 0;
  for (const pair of pairs) {
    if (pair.note !== undefined) console.log(`megatron-bridge ${pair.bridge}: ${pair.note}`);
    for (const wanted of packagesOf(pair)) missing += tell(wanted, await obtain(wanted, target));
  }
  return missing;
}

async function bringCommits(gitDirectories) {
  let missing = 0;
  for (const pair of readCommits()) {
    for (const [index, wanted] of packagesOf(pair).entries())
      missing += tell(wanted, await checkOut(wanted, gitDirectories[index]));
  }
  return missing;
}

/** Prints what was done; answers how many could not be had: none or one. */
function tell({ name, version }, { status, reason }) {
  const told = { cached: "already here", fetched: "brought", missing: `could not be had: ${reason}` };
  console.log(`${name} ${version}: ${told[status]}`);
  return status === "missing" ? 1 : 0;
}

function conclude(missing) {
  const [whole, all] = [cachedPairs().length, readTable().pairs.length];
  if (missing > 0)
    console.error(`What could not be had: ${missing}; usable packages: ${whole} of ${all} versions.`);
  if (whole > 0) return 0;
  console.error(
    "No version is usable. Check that PyPI can be reached (python3 -m pip download), then run again.",
  );
  return 1;
}
