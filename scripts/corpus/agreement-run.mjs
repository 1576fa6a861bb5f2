// One version: `explain` over the whole package, held against the oracle.
import { join } from "node:path";
import { agree, unknownShare } from "./agreement.mjs";
import { runBridgemod } from "./bridgemod.mjs";
import { countMistakes } from "./counts.mjs";
import { readRecords, WORLDS } from "./oracle.mjs";

/** The most that may be unknown of the effective values, where not only the checkpoint decides them. */
const UNKNOWN_LIMITS = [
  { versions: /^0\.[67]\./, share: 0.02 },
  { versions: /^/, share: 0.05 },
];

/** Explains every recipe of a version and records how far that agrees with the oracle. */
export async function testAgreement(job) {
  const { cli, bridge, workspace, folder, checks, progress, knobSet, gate, before } = job;
  const outputFile = join(folder, "explain.json");
  const answer = await gate(() =>
    runBridgemod("explain", ["--world-size", "dp=8,dp=1"], { cli, workspace, bridge, outputFile }),
  );
  progress(`${bridge} explain: ${answer.output.recipes.length} recipes in ${answer.seconds.toFixed(1)} s`);
  const records = {};
  for (const world of WORLDS) records[world] = await readRecords(before[world]);
  const tally = agree({ explained: answer.output, records, knobSet });
  holdAgreement({ bridge, answer, tally }, checks);
  const counts = countMistakes(answer.output, records.auto);
  for (const { what, differing } of counts) checks.hold(`${bridge} counts`, what, differing);
  return { tally, counts, seconds: answer.seconds };
}

function holdAgreement({ bridge, answer, tally }, checks) {
  const hold = (name, lines) => checks.hold(`${bridge} explain`, name, lines);
  const { schema, skipped = [] } = answer.output;
  hold("answers", [
    ...(answer.code === 0 ? [] : [`exit code ${answer.code}, expected 0; it said: ${answer.said}`]),
    ...(schema === "bridgemod/explain@1" ? [] : [`schema ${schema}, expected bridgemod/explain@1`]),
    ...skipped.map(({ file, reason }) => `${file}: skipped, ${reason}`),
  ]);
  hold("lists every recipe that the oracle evaluates", [...tally.missing, ...tally.repeated]);
  hold("lists every knob", tally.unlisted);
  hold("has no wrong value", tally.wrong);
  hold("warns where Bridge warns", tally.unwarned);
  const share = unknownShare(tally, "auto", "effective");
  const limit = UNKNOWN_LIMITS.find(({ versions }) => versions.test(bridge));
  const over = share > limit.share;
  const top = tally.reasons.slice(0, 20).map(([reason, count]) => `${count} x ${reason}`);
  hold("knows enough", over ? [`${percent(share)} of the effective values are unknown`, ...top] : []);
}

/** A fraction as a percentage with one decimal. */
export function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
