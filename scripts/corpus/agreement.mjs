// `explain` beside the oracle: every recipe listed, every value equal or unknown.
import { describeRecords, KNOB_SETS, valueAt } from "./knobs.mjs";
import { resolveName, isEvaluated, recipeNames } from "./recipes.mjs";
import { judge, show } from "./values.mjs";

const STAGES = ["declared", "effective"];

/**
 * Compares the entries of `explain` with the oracle's records of both worlds.
 * @returns a tally: missing, repeated, unlisted, wrong and unwarned as lines to print, how many warnings are findings of
 *   ours, counts by world and stage, and for every unknown its reason, most frequent first.
 */
export function agree({ explained, records, knobSet, worldOf = worldOfEntry }) {
  const tally = emptyTally();
  const listed = indexEntries(explained.recipes, { worlds: Object.keys(records), worldOf }, tally);
  for (const world of Object.keys(records))
    compareWorld({ world, listed, records: records[world], knobSet }, tally);
  tally.reasons = [...tally.reasons].sort((left, right) => right[1] - left[1]);
  return tally;
}

/** The share of unknown values in one world and stage, as a fraction; 1 when nothing was compared. */
export function unknownShare(tally, world, stage) {
  const { compared, unknown } = tally.counts[`${world} ${stage}`] ?? NOTHING;
  return compared === 0 ? 1 : unknown / compared;
}

/** How many values were compared: declared and effective, in both worlds. */
export function comparedPairs({ counts }) {
  return Object.values(counts).reduce((total, { compared }) => total + compared, 0);
}

/** The share of values that nobody can know without the checkpoint: told apart from what we fail to compute. */
export function checkpointShare(tally, world, stage) {
  const { compared, checkpoint } = tally.counts[`${world} ${stage}`] ?? NOTHING;
  return compared === 0 ? 0 : checkpoint / compared;
}

const NOTHING = { compared: 0, unknown: 0, checkpoint: 0 };

/** Whether our reason says that the model behind a checkpoint's name decides the value. */
function isCheckpoints(ours) {
  return /^(decided by \S|only some models have )/.test(ours?.unknown ?? "");
}

function emptyTally() {
  return {
    recipes: 0,
    missing: [],
    aliased: 0,
    repeated: [],
    unlisted: [],
    wrong: [],
    unwarned: [],
    warned: 0,
    counts: {},
    reasons: new Map(),
  };
}

function worldOfEntry({ scenario }) {
  return scenario?.dp === 1 ? "single" : "auto";
}

function indexEntries(entries, { worlds, worldOf }, tally) {
  const listed = Object.fromEntries(worlds.map((world) => [world, new Map()]));
  for (const entry of entries) {
    const world = worldOf(entry);
    const name = `${entry.module}.${entry.function}`;
    if (listed[world].has(name)) tally.repeated.push(`${name}: listed twice at DP ${entry.scenario?.dp}`);
    listed[world].set(name, entry);
  }
  return listed;
}

function compareWorld({ world, listed, records, knobSet }, tally) {
  const entries = listed[world];
  const setting = { ...describeRecords(records), world, knobs: KNOB_SETS[knobSet] };
  for (const name of recipeNames(records)) {
    const record = records[name];
    if (!isEvaluated(record.declared)) continue;
    const found = resolveName(name, records, entries);
    if (world === "auto") countListing({ name, found }, tally);
    if (found !== undefined) compareRecipe({ name, record, entry: entries.get(found), setting }, tally);
  }
}

function countListing({ name, found }, tally) {
  tally.recipes += 1;
  if (found === undefined) tally.missing.push(name);
  else if (found !== name) tally.aliased += 1;
}

function compareRecipe({ name, record, entry, setting }, tally) {
  const size = entry.scenario?.worldSize;
  if (typeof size === "number" && size !== record.world_size) {
    tally.wrong.push(`${name} scenario.worldSize: ours ${size}, oracle ${record.world_size}`);
  }
  compareWarnings({ name, record, entry, world: setting.world }, tally);
  for (const stage of STAGES) {
    if (!isEvaluated(record[stage])) continue;
    // Old versions empty comm_overlap once they have read it: what it held is in the declared stage.
    const values = { ...record[stage], comm_overlap: record.declared.comm_overlap };
    for (const knob of knobsOf(values, entry, setting)) {
      compareKnob({ name, stage, knob, entry, theirs: valueAt(values, knob), world: setting.world }, tally);
    }
  }
}

/** What start-up says by itself of overlap: each of it must be one of our findings, and the other way round. */
const SAID = /Disabling tensor parallel communication overlap|settings were not in sync/;

function compareWarnings({ name, record, entry, world }, tally) {
  const theirs = new Set((record.warnings ?? []).filter((text) => SAID.test(text)).map(withoutLevel));
  const ours = new Set(entry.findings.map(({ message }) => message).filter((text) => SAID.test(text)));
  const place = `${name}${inWorld(world)}`;
  for (const text of theirs) {
    if (ours.has(text)) tally.warned += 1;
    else tally.unwarned.push(`${place}: no finding for "${text}"`);
  }
  for (const text of ours)
    if (!theirs.has(text)) tally.unwarned.push(`${place}: Bridge does not say "${text}"`);
}

function inWorld(world) {
  if (world === "auto") return "";
  return world === "single" ? " (DP 1)" : ` (${world} processes)`;
}

function withoutLevel(text) {
  return text.replace(/^\w+: /, "").trim();
}

/** The oracle's knobs, and those of the model that we state and it did not find. */
function knobsOf(stage, entry, setting) {
  const theirs = setting.knobs(stage, setting, entry).filter((knob) => !isUncertain(stage, knob));
  const extra = Object.keys(entry.knobs).filter((knob) => {
    const [section, field, more] = knob.split(".");
    return (
      section === "model" &&
      more === undefined &&
      setting.precisionFields.has(field) &&
      !theirs.includes(knob)
    );
  });
  return [...theirs, ...extra];
}

/** The oracle's table of sizes is written by hand: null says that it does not know. */
function isUncertain(stage, knob) {
  return knob === "model.hidden_size" && valueAt(stage, knob) === null;
}

function compareKnob({ name, stage, knob, entry, theirs, world }, tally) {
  const ours = entry.knobs[knob]?.[stage];
  const place = `${name} ${knob} ${stage}${inWorld(world)}`;
  const count = (tally.counts[`${world} ${stage}`] ??= { ...NOTHING });
  count.compared += 1;
  if (ours === undefined) {
    if (theirs !== undefined) tally.unlisted.push(`${place}: not listed, oracle ${show(theirs)}`);
    return;
  }
  const verdict = judge(ours, theirs);
  if (verdict === "wrong") tally.wrong.push(`${place}: ours ${show(ours)}, oracle ${show(theirs)}`);
  if (verdict !== "unknown") return;
  if (isCheckpoints(ours)) {
    count.checkpoint += 1;
    return;
  }
  count.unknown += 1;
  const reason = `${knob} ${stage}: ${show(ours)}`;
  tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
}
