// Times commands from outside: wall clock, processor time and peak memory, medians over runs that take turns.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../scripts/corpus/process.mjs";

/**
 * Runs each contender once per round, in turn; answers medians, or the reason why there are none. A contender with
 * `remembers: false` gets an empty cache of its own for each run, and fails if anything is in it afterwards; one with
 * `freshTemp` gets an empty folder for its temporary files.
 */
export async function measureInTurn(contenders, { rounds, progress }) {
  const samples = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const sample = await measure(contender);
      progress(`round ${round} of ${rounds}: ${contender.name} ${sample.seconds.toFixed(2)} s`);
      samples.get(contender.name).push(sample);
    }
  }
  return contenders.map(({ name }) => summarise(name, samples.get(name)));
}

async function measure({ command, accepts = [0], remembers, freshTemp = false }) {
  const cache = remembers === false ? await mkdtemp(join(tmpdir(), "bridgemod-bench-cache-")) : null;
  const temp = freshTemp ? await mkdtemp(join(tmpdir(), "bridgemod-bench-temp-")) : null;
  try {
    const env = {
      ...(cache !== null && { BRIDGEMOD_CACHE_DIR: cache }),
      ...(temp !== null && { TMPDIR: temp }),
    };
    const script = join(import.meta.dirname, "measure.py");
    const { code, stdout, stderr } = await run("python3", [script, ...command], { env });
    if (code !== 0)
      throw new Error(`measure.py could not run ${command[0]}: ${stderr.trim().split("\n").at(-1)}`);
    const sample = JSON.parse(stdout);
    const left = cache === null ? [] : await readdir(cache);
    return { ...sample, reason: problemOf(sample, { accepts, left }) };
  } finally {
    for (const folder of [cache, temp])
      if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

function problemOf({ code, said }, { accepts, left }) {
  if (!accepts.includes(code)) return `exit code ${code}: ${said.at(-1) ?? ""}`;
  return left.length > 0 ? `it was to remember nothing, and wrote ${left[0]} into its cache` : null;
}

function summarise(name, samples) {
  const failed = samples.find((sample) => sample.reason !== null);
  if (failed !== undefined) return { name, reason: failed.reason };
  const values = (key) => median(samples.map((sample) => sample[key]));
  return {
    name,
    reason: null,
    seconds: values("seconds"),
    user: values("user"),
    mebibytes: values("mebibytes"),
    said: samples.map(({ said }) => said.at(-1) ?? ""),
  };
}

function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
