// npm run test:corpus: the tool over the sources of every version at hand, held against the oracle.
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { testAgreement } from "./agreement-run.mjs";
import { requireCli, snapshotCli, SOURCES } from "./bridgemod.mjs";
import { CACHE, packagesOf } from "./cache.mjs";
import { countChecks, createChecks, describeFailures } from "./checks.mjs";
import { formatCounts } from "./counts.mjs";
import { readOptions } from "./options.mjs";
import { testEdits } from "./edit-run.mjs";
import { evaluateTree, requireOracle } from "./oracle.mjs";
import { formatFigures } from "./figures.mjs";
import { createGate } from "./process.mjs";
import { testRewrites } from "./rewrite-run.mjs";
import { formatStartUp, testStartUp } from "./start-up-run.mjs";
import { copyTree } from "./tree.mjs";
import { testVersionStep } from "./version-run.mjs";

const LINES_ON_SCREEN = 20;

await main(process.argv.slice(2));

async function main(args) {
  const options = prepare(args);
  if (options === undefined) return;
  if (options.help !== undefined) return console.log(options.help);
  const folder = await mkdtemp(join(tmpdir(), "bridgemod-corpus-"));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => leave(folder));
  try {
    await testAll(options, folder);
  } finally {
    if (options.keep) console.error(`kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

/** A way out for Ctrl-C and `kill`: children may still be writing, so removing is tried more than once. */
function leave(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(130);
}

function prepare(args) {
  try {
    const options = readOptions(args);
    if (options.help === undefined) {
      requireCli();
      requireOracle();
    }
    return options;
  } catch (error) {
    console.error(`test:corpus: ${error.message}`);
    process.exitCode = 2;
    return undefined;
  }
}

async function testAll(options, folder) {
  const checks = createChecks(progress);
  const gate = createGate(options.jobs);
  const cli = await snapshotCli(folder);
  const jobs = options.pairs.map((pair) =>
    testVersion({ ...options, cli, pair, checks, gate, root: folder }),
  );
  const rows = await Promise.all(jobs);
  await report(checks.results, rows);
}

/** Everything about one version; an exception is one more failed check, so that the others go on. */
async function testVersion({ pair, root, ...options }) {
  const { checks, gate } = options;
  const { bridge } = pair;
  const [bridgePackage, corePackage] = packagesOf(pair);
  const folder = join(root, bridge);
  const job = {
    ...options,
    bridge,
    folder,
    progress,
    package: bridgePackage.folder,
    core: corePackage.folder,
    isNewest: pair === options.pairs[0],
  };
  const figures = { bridge, rewrites: {} };
  await attempt(`${bridge}`, checks, async () => {
    await mkdir(folder);
    await copyTree(job.package, join(folder, SOURCES));
    const place = { bridge: join(folder, SOURCES), core: job.core, folder, label: "before" };
    const before = await gate(() => evaluateTree(place));
    progress(`${bridge} oracle: evaluated`);
    const ready = { ...job, workspace: folder, before };
    const { parts, variants } = options;
    const tasks = parts.has("rewrites") ? variants.map((variant) => rewrite(ready, variant, figures)) : [];
    if (parts.has("agreement")) tasks.unshift(explain(ready, figures));
    if (parts.has("start-up")) tasks.unshift(startUp(ready, figures));
    if (parts.has("edits") && job.isNewest) tasks.push(edit(ready));
    if (parts.has("versions")) tasks.push(step(ready));
    await Promise.all(tasks);
  });
  return figures;
}

function explain(job, figures) {
  return attempt(`${job.bridge} explain`, job.checks, async () => {
    figures.agreement = await testAgreement(job);
  });
}

function startUp(job, figures) {
  return attempt(`${job.bridge} start-up`, job.checks, async () => {
    figures.startUp = await testStartUp(job);
  });
}

function rewrite(job, variant, figures) {
  return attempt(`${job.bridge} ${variant.name}`, job.checks, async () => {
    figures.rewrites[variant.name] = await testRewrites(job, variant);
  });
}

function edit(job) {
  return attempt(`${job.bridge} edits`, job.checks, () => testEdits(job));
}

function step(job) {
  return attempt(`${job.bridge} version step`, job.checks, () => testVersionStep(job));
}

async function attempt(place, checks, task) {
  try {
    await task();
    checks.hold(place, "runs to its end", []);
  } catch (error) {
    checks.hold(place, "runs to its end", (error.stack ?? String(error)).split("\n"));
  }
}

function progress(line) {
  console.error(`[${(performance.now() / 1000).toFixed(1).padStart(6)} s] ${line}`);
}

async function report(results, rows) {
  const { passed, failed } = countChecks(results);
  const file = join(CACHE, "failures.txt");
  await rm(file, { force: true });
  if (failed > 0) {
    await writeFile(file, `${describeFailures(results)}\n`);
    console.log(`\n${describeFailures(results, LINES_ON_SCREEN)}\n\nAll failures in full: ${file}`);
  }
  console.log(`\n${formatFigures(rows)}\n`);
  const started = rows.filter(({ startUp }) => startUp !== undefined);
  if (started.length > 0) console.log(`${formatStartUp(started)}\n`);
  const [newest] = rows;
  if (newest.agreement) console.log(`${formatCounts(newest.agreement.counts, newest.bridge)}\n`);
  console.log(`${upstreamLine(newest)}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

function upstreamLine({ rewrites }) {
  const found = Object.values(rewrites).find(({ upstream }) => upstream !== undefined)?.upstream;
  if (found === undefined)
    return "upstream's tests of environments: skipped, they take --bridge-checkout (or BRIDGE_CHECKOUT) and the run `all`";
  return `upstream's tests of environments: ${found.before} of ${found.tests} pass before, ${found.after} after`;
}
