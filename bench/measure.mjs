// Times commands from outside: wall clock and peak memory, medians over runs that take turns.
import { join } from "node:path";
import { run } from "../scripts/corpus/process.mjs";

/** Runs each contender once per round, in turn; answers medians, or the reason why there are none. */
export async function measureInTurn(contenders, { rounds, progress }) {
  const samples = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, command, accepts } of contenders) {
      const sample = await measure(command);
      progress(`round ${round} of ${rounds}: ${name} ${sample.seconds.toFixed(2)} s`);
      const fits = (accepts ?? [0]).includes(sample.code);
      samples
        .get(name)
        .push(fits ? sample : { ...sample, reason: `exit code ${sample.code}: ${sample.said.at(-1) ?? ""}` });
    }
  }
  return contenders.map(({ name }) => summarise(name, samples.get(name)));
}

async function measure(command) {
  const { code, stdout, stderr } = await run("python3", [
    join(import.meta.dirname, "measure.py"),
    ...command,
  ]);
  if (code !== 0)
    throw new Error(`measure.py could not run ${command[0]}: ${stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(stdout);
}

function summarise(name, samples) {
  const failed = samples.find((sample) => sample.reason !== undefined);
  if (failed !== undefined) return { name, reason: failed.reason };
  const values = (key) => samples.map((sample) => sample[key]);
  return { name, seconds: median(values("seconds")), mebibytes: median(values("mebibytes")) };
}

function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
