// npm run bench: what `check` costs beside other tools on the same tree. It prints, and holds nothing.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { requireCli, snapshotCli } from "../scripts/corpus/bridgemod.mjs";
import { cachedPairs, packagesOf } from "../scripts/corpus/cache.mjs";
import { formatTable } from "../scripts/corpus/checks.mjs";
import { run } from "../scripts/corpus/process.mjs";
import { copyTree } from "../scripts/corpus/tree.mjs";
import { measureInTurn } from "./measure.mjs";
import { benchPage } from "./page.mjs";
import { ORACLE_AGAIN, ORACLE_FIRST, ORACLE_SHORT_AGAIN, ORACLE_SHORT_FIRST, PEERS } from "./peers.mjs";

const USAGE = `Usage: npm run bench -- [--rounds N] [--scale]
  --rounds N   runs of each tool, in turn; the medians are printed; default 5
  --scale      time check and explain on 1, 3 and 10 copies of the recipes instead
  --page       time how long Chromium takes to open the HTML reports of the whole package instead`;
const OURS = "bridgemod check, first run";
const OURS_AGAIN = "bridgemod check, again";
const EXPLAIN = "bridgemod explain, first run";
const EXPLAIN_AGAIN = "bridgemod explain, again";
const START_ROUNDS = 20;
const COPIES = [1, 3, 10];

await main();

async function main() {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      scale: { type: "boolean" },
      page: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  requireCli();
  const [pair] = cachedPairs();
  if (pair === undefined)
    throw new Error(".cache/corpus: no version is complete; run `npm run corpus` first");
  const folder = await mkdtemp(join(tmpdir(), "bridgemod-bench-")); // outside git: nothing in it is ignored
  try {
    const cli = await snapshotCli(folder);
    process.env.BRIDGEMOD_CACHE_DIR = join(folder, "cache");
    const setting = {
      cli,
      pair,
      folder,
      rounds: Number(values.rounds),
      progress: (line) => console.error(line),
    };
    if (values.page) await benchPage(setting);
    else if (values.scale) await benchScale(setting);
    else await benchPeers(setting);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchPeers({ cli, pair, folder, rounds, progress }) {
  const [bridge, core] = packagesOf(pair);
  const tree = join(folder, "src");
  await copyTree(bridge.folder, tree);
  const ours = [process.execPath, cli, "check", tree];
  const explain = [process.execPath, cli, "explain", tree, "--all", "--format", "json"];
  const contenders = [
    { name: OURS, command: [...ours, "--no-cache"], accepts: [0, 1], remembers: false },
    // What a hook or an editor waits for: the texts are those of the run before.
    { name: OURS_AGAIN, command: ours, accepts: [0, 1] },
    { name: EXPLAIN, command: [...explain, "--no-cache"], remembers: false },
    { name: EXPLAIN_AGAIN, command: explain },
  ];
  for (const command of [ours, explain]) await warmUp(command);
  const missing = [];
  for (const { name, prepare, ...rest } of PEERS) {
    try {
      contenders.push({ name, command: (await prepare())({ tree, core: core.folder }), ...rest });
    } catch (error) {
      missing.push({ name, reason: error.message });
    }
  }
  const results = await measureInTurn(contenders, { rounds, progress });
  for (const pair of [
    [OURS, OURS_AGAIN],
    [EXPLAIN, EXPLAIN_AGAIN],
  ])
    requireSame(results.filter(({ name }) => pair.includes(name)));
  console.log(
    `megatron-bridge ${pair.bridge}, Node ${process.versions.node}, medians of ${rounds} runs in turn; memory of the largest process\n`,
  );
  printTable([...results, ...missing], OURS);
  printShares(results, [
    [EXPLAIN, ORACLE_FIRST],
    [EXPLAIN, ORACLE_SHORT_FIRST],
    [EXPLAIN_AGAIN, ORACLE_AGAIN],
    [EXPLAIN_AGAIN, ORACLE_SHORT_AGAIN],
  ]);
  await benchStart({ cli, progress });
}

/** What `explain` takes of the time that running the recipes takes: the target is a half. */
function printShares(results, pairs) {
  const secondsOf = (wanted) => results.find(({ name }) => name === wanted)?.seconds;
  for (const [ours, theirs] of pairs) {
    const share = secondsOf(ours) / secondsOf(theirs);
    if (!Number.isNaN(share)) console.log(`${ours}: ${share.toFixed(2)} of ${theirs}`);
  }
}

/** A run that is fast because it does something else is no result. */
function requireSame(results) {
  const summaries = new Set(results.flatMap(({ said, reason }) => reason ?? said));
  if (summaries.size > 1)
    throw new Error(`two runs over the same texts say different things: ${[...summaries].join(" | ")}`);
}

/** Fills the cache, which lies in the benchmark's own folder. */
async function warmUp([program, ...args]) {
  const { code, stderr } = await run(program, args, {});
  if (code > 1) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${stderr}`);
}

async function benchStart({ cli, progress }) {
  const contenders = [
    { name: "node -e 0", command: [process.execPath, "-e", "0"] },
    { name: "bridgemod --version", command: [process.execPath, cli, "--version"] },
  ];
  const results = await measureInTurn(contenders, { rounds: START_ROUNDS, progress: () => {} });
  progress("start measured");
  console.log(`\nStart, medians of ${START_ROUNDS} runs in turn; the target is 1.50\n`);
  printTable(results, "node -e 0");
}

async function benchScale({ cli, pair, folder, rounds, progress }) {
  const [bridge] = packagesOf(pair);
  const trees = new Map();
  for (const copies of COPIES) {
    const tree = join(folder, `copies-${copies}`);
    for (let copy = 1; copy <= copies; copy += 1)
      await copyRecipes(bridge.folder, join(tree, `recipes_${copy}`));
    trees.set(`${copies} x the recipes`, tree);
  }
  for (const args of [["check"], ["explain", "--all", "--format", "json"]]) {
    const contenders = [...trees].map(([name, tree]) => ({
      name,
      command: [process.execPath, cli, ...args, tree, "--bridge", pair.bridge, "--no-cache"],
      accepts: [0, 1],
      remembers: false,
    }));
    const results = await measureInTurn(contenders, { rounds, progress });
    console.log(
      `megatron-bridge ${pair.bridge}, ${args[0]} on copies of its recipes, medians of ${rounds} runs in turn\n`,
    );
    printTable(results, contenders[0].name);
  }
}

async function copyRecipes(from, to) {
  for (const name of ["recipes", "perf_recipes"]) {
    const source = join(from, "megatron", "bridge", name);
    await cp(source, join(to, name), { recursive: true }).catch((error) => {
      if (error.code !== "ENOENT") throw error; // older versions have no perf_recipes
    });
  }
}

function printTable(results, reference) {
  const base = results.find(({ name }) => name === reference)?.seconds;
  const rows = results.map(({ name, reason, seconds, user, mebibytes }) =>
    reason === null
      ? [
          name,
          seconds.toFixed(3),
          base === undefined ? "-" : (seconds / base).toFixed(2),
          user.toFixed(3),
          mebibytes.toFixed(0),
        ]
      : [name, "-", "-", "-", "-"],
  );
  console.log(formatTable([["", "seconds", `times ${reference}`, "user seconds", "MiB"], ...rows]));
  for (const { name, reason } of results)
    if (reason !== null) console.log(`${name}: not measured, ${reason}`);
}
