// One version: random recipes through `explain`, held against Bridge's own start-up.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { agree, checkpointShare, comparedPairs, unknownShare } from "./agreement.mjs";
import { percent } from "./agreement-run.mjs";
import { runBridgemod, SOURCES } from "./bridgemod.mjs";
import { formatTable } from "./checks.mjs";
import { evaluateFile, readRecords } from "./oracle.mjs";
import { isEvaluated, recipeNames } from "./recipes.mjs";
import { readVocabulary, writeRecipes } from "./start-up-recipes.mjs";

/** How many processes there are, in the oracle's words and in ours. */
const WORLDS = new Map([
  ["auto", "dp=8"],
  ["single", "dp=1"],
  ["64", "64"],
]);

const MODULE = "random_recipes";

/** Compares every value, every exception and every warning of so many random recipes, in each world. */
export async function testStartUp(job) {
  const { bridge, core, folder, gate, before, seed, count } = job;
  const workspace = join(folder, "start-up");
  const file = join(workspace, SOURCES, `${MODULE}.py`);
  await mkdir(join(workspace, SOURCES), { recursive: true });
  const vocabulary = await readVocabulary(job.package, await readRecords(before.auto));
  await writeFile(file, writeRecipes(vocabulary, { seed, count }));
  const trees = { bridge: join(folder, SOURCES), core, folder: workspace };
  const worlds = [...WORLDS.keys()];
  const files = await gate(() => evaluateFile({ ...trees, label: MODULE, file, worlds }));
  const results = [];
  for (const world of worlds) {
    const outputFile = join(workspace, `explain-${world}.json`);
    const options = ["--all", "--world-size", WORLDS.get(world)];
    const answer = await gate(() =>
      runBridgemod("explain", options, { cli: job.cli, workspace, bridge, outputFile }),
    );
    results.push(compareWorld(world, answer, withoutLabel(await readRecords(files[world]))));
  }
  return holdStartUp(results, job);
}

/** The oracle's names of a file's recipes are `file:LABEL.function`. */
function withoutLabel(records) {
  return Object.fromEntries(
    Object.entries(records).map(([name, record]) => [name.replace(/^file:/, ""), record]),
  );
}

function compareWorld(world, answer, records) {
  const entries = new Map(answer.output.recipes.map((entry) => [`${entry.module}.${entry.function}`, entry]));
  const result = { world, answer, raised: 0, exceptions: [], refusals: [], validated: 0, undecided: 0 };
  const known = new Set(answer.output.recipes.flatMap(errorsOf).map(plain));
  for (const name of recipeNames(records)) {
    const entry = entries.get(name);
    const place = `${name} (${WORLDS.get(world)})`;
    compareException(place, records[name], { raises: raisedBy(name, entry, answer.output), entry }, result);
    if (entry !== undefined) compareValidation(place, records[name], { entry, known }, result);
  }
  const started = recipeNames(records).filter((name) => isEvaluated(records[name].effective));
  result.tally = agree({
    explained: { recipes: answer.output.recipes.filter(({ findings }) => !findings.some(isRaised)) },
    records: { [world]: Object.fromEntries(started.map((name) => [name, records[name]])) },
    knobSet: "stated",
    worldOf: () => world,
  });
  result.errors = Object.entries(records._meta.import_errors).map(([name, error]) => `${name}: ${error}`);
  return result;
}

/** What our report says that a recipe, or start-up with it, raises; null if nothing. */
function raisedBy(name, entry, { unexplained = [] }) {
  const without = unexplained.find((one) => `${one.module}.${one.function}` === name);
  if (without !== undefined) return /^it raises (.*) \([^()]*\)$/.exec(without.reason)?.[1] ?? without.reason;
  return entry?.findings.find(isRaised)?.message ?? null;
}

function isRaised({ rule }) {
  return rule === "start-up-raises";
}

/** The start-up of MIMO models goes on to what of other models is `validate`: our errors speak of both. */
function compareException(place, { effective }, { raises, entry }, result) {
  const theirs = isEvaluated(effective) ? null : plain(effective.error);
  if (theirs === null && raises === null) return;
  const said = [...errorsOf(entry), ...(raises?.split("; or ") ?? [])];
  if (theirs !== null && said.some((message) => theirs.includes(plain(message)))) result.raised += 1;
  else if (raises === null && isOpen(theirs, entry)) result.undecided += 1;
  else
    result.exceptions.push(
      `${place}: ours ${raises ?? "does not raise"}, Bridge ${theirs ?? "does not raise"}`,
    );
}

/** What the messages are about that do not name the field. */
const ABOUT = [
  [/disable full recomputation/, "recompute_granularity"],
  [/disable recomputation method/, "recompute_method"],
  [/does not support attention bias/, "add_bias_linear"],
  [/does not support attention bias/, "add_qkv_bias"],
  [/bf16 or fp16/, "bf16"],
  [/'NoneType' and 'int'/, "num_moe_experts"],
  [/^AssertionError: MTP/, "mtp_num_layers"],
];

/** Whether an exception hangs on a field of the model that we call unknown, or do not list. */
function isOpen(message, entry) {
  const about = ABOUT.filter(([text]) => text.test(message)).map(([, field]) => `model.${field}`);
  const knobs = Object.entries(entry?.knobs ?? {});
  const isUnknown = (value) => value?.unknown !== undefined || value?.oneOf !== undefined;
  const named = knobs.filter(([knob]) => knob.startsWith("model.") && message.includes(knob.slice(6)));
  return (
    named.some(([, { declared }]) => isUnknown(declared)) ||
    about.some((knob) => !(knob in (entry?.knobs ?? {})) || isUnknown(entry.knobs[knob].declared))
  );
}

function errorsOf(entry) {
  return (entry?.findings ?? []).filter(({ severity }) => severity === "error").map(({ message }) => message);
}

/** Rules of ours about what fails in training, behind `validate`. */
const IN_TRAINING = new Set(["tp-overlap-of-fp4", "p2p-overlap-without-vpp", "p2p-overlap-and-batching"]);

/** Where Bridge's whole `validate` passes none of our errors may stand; where it fails as we can tell, one must. */
function compareValidation(place, { validate }, { entry, known }, result) {
  if (validate === undefined) return;
  const errors = entry.findings.filter(
    ({ rule, severity }) => severity === "error" && !isRaised({ rule }) && !IN_TRAINING.has(rule),
  );
  result.validated += 1;
  if (validate === "ok")
    for (const { rule, message } of errors)
      result.refusals.push(`${place}: ${rule} says "${message}", Bridge's validate() passes`);
  const theirs = plain(validate.replace(/^\w+: /, "").replace(/ \[[\w.]+\]$/, ""));
  if (!known.has(theirs) || errorsOf(entry).some((message) => plain(message).includes(theirs))) return;
  if (isOpen(theirs, entry)) result.undecided += 1;
  else result.refusals.push(`${place}: no error of ours says "${theirs}", Bridge's validate() does`);
}

/** Messages are spread over lines in Bridge's source, and end with what they are about. */
function plain(message) {
  return message?.replace(/\s+/g, " ").trim();
}

function holdStartUp(results, { bridge, checks }) {
  const hold = (name, pick) => checks.hold(`${bridge} start-up`, name, results.flatMap(pick));
  hold("answers", ({ answer, errors }) => [
    ...(answer.code === 0 ? [] : [`exit code ${answer.code}, expected 0; it said: ${answer.said}`]),
    ...errors,
  ]);
  hold("lists every recipe that starts up", ({ tally }) => [...tally.missing, ...tally.repeated]);
  hold("lists every knob", ({ tally }) => tally.unlisted);
  hold("has no wrong value", ({ tally }) => tally.wrong);
  hold("raises where Bridge raises", ({ exceptions }) => exceptions);
  hold("expects the errors of validate()", ({ refusals }) => refusals);
  hold("warns where Bridge warns", ({ tally }) => tally.unwarned);
  return results;
}

/** The figures of every version as aligned text. */
export function formatStartUp(rows) {
  const header = [
    "version",
    "random recipes",
    "pairs",
    "wrong",
    "declared unknown",
    "effective unknown",
    "up to the checkpoint",
    "exceptions",
    "validated",
    "undecided",
    "warnings",
  ];
  return formatTable([header, ...rows.map(rowOf)]);
}

function rowOf({ bridge, startUp: results }) {
  const sum = (pick) => results.reduce((total, result) => total + pick(result), 0);
  const [{ world, tally, answer }] = results;
  const warned = sum((one) => one.tally.warned);
  return [
    bridge,
    answer.output.recipes.length,
    sum((one) => comparedPairs(one.tally)),
    sum((one) => one.tally.wrong.length),
    percent(unknownShare(tally, world, "declared")),
    percent(unknownShare(tally, world, "effective")),
    percent(checkpointShare(tally, world, "effective")),
    fraction(
      sum(({ raised }) => raised),
      sum(({ exceptions }) => exceptions.length),
    ),
    fraction(
      sum(({ validated }) => validated),
      sum(({ refusals }) => refusals.length),
    ),
    sum(({ undecided }) => undecided),
    fraction(
      warned,
      sum((one) => one.tally.unwarned.length),
    ),
  ];
}

/** What agrees, of all that could. */
function fraction(right, wrong) {
  return `${right} of ${right + wrong}`;
}
