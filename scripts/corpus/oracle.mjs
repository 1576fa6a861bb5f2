// The oracle: runs the real recipes, and compares what ran before with what runs after.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ROOT } from "./cache.mjs";
import { run } from "./process.mjs";

/** The folder of the oracle: beside the project, or where BRIDGEMOD_ORACLE points. */
export const ORACLE = resolve(process.env.BRIDGEMOD_ORACLE ?? join(ROOT, "..", "shared", "oracle"));

/** The two worlds that a proof holds in, by the name of their file. */
export const WORLDS = ["auto", "single"];

/** Says what to do when there is no oracle. */
export function requireOracle() {
  for (const file of ["oracle.py", "compare.py"]) {
    if (existsSync(join(ORACLE, file))) continue;
    throw new Error(
      `${join(ORACLE, file)}: not found; set BRIDGEMOD_ORACLE to the folder of the recipe oracle`,
    );
  }
}

/** Evaluates every recipe of a tree in both worlds; answers the record files, by world. */
export async function evaluateTree({ bridge, core, folder, label }) {
  return await evaluate({ bridge, core, folder, label, worlds: WORLDS });
}

/** Evaluates the recipes of one file of our own in several worlds; answers the record files, by world. */
export async function evaluateFile({ bridge, core, folder, label, file, worlds }) {
  return await evaluate({ bridge, core, folder, label, worlds, more: ["--file", `${label}=${file}`] });
}

async function evaluate({ bridge, core, folder, label, worlds, more = [] }) {
  const placed = worlds.map((world) => [world, join(folder, `${label}-${world}.json`)]);
  const driver = join(import.meta.dirname, "oracle_worlds.py");
  const outputs = placed.flatMap(([world, file]) => ["--out", `${world}=${file}`]);
  const trees = ["--bridge", bridge, "--mlm", core];
  await python([driver, ORACLE, ...trees, ...more, ...outputs], { PYTHONHASHSEED: "0" });
  return Object.fromEntries(placed);
}

/** The records of one world: `{ "module.function": { declared, effective, … }, _meta }`. */
export async function readRecords(file) {
  return JSON.parse(await readFile(file, "utf8"));
}

/** The oracle's own comparison of two record files: rows with stage, knob, before and after, by recipe. */
export async function compareRecords(before, after) {
  const { stdout } = await python([join(ORACLE, "compare.py"), before, after, "--json"], {}, [0, 1]);
  return JSON.parse(stdout).recipes;
}

async function python(args, env, accepted = [0]) {
  const result = await run("python3", args, { env });
  if (accepted.includes(result.code)) return result;
  const said = result.stderr.trim().split("\n").slice(-5).join("\n");
  throw new Error(`python3 ${args[0]} ended with exit code ${result.code}; it said:\n${said}`);
}
