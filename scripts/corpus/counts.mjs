// How many recipes of a package show a known mistake: by our `explain`, and by the oracle, each on its own.
import { formatTable } from "./checks.mjs";
import { valueAt } from "./knobs.mjs";
import { MISTAKES } from "./mistakes.mjs";
import { isEvaluated, recipeNames, resolveName } from "./recipes.mjs";

/**
 * Counts every mistake in the recipes that the oracle evaluates.
 * @returns for each mistake: what it is, how many recipes show it by us and by the oracle, of how many we cannot say,
 *   in how many of ours somebody wrote the knob, and lines for the recipes in which both differ.
 */
export function countMistakes(explained, records) {
  const entries = new Map(
    explained.recipes
      .filter(({ scenario }) => scenario?.dp !== 1)
      .map((entry) => [`${entry.module}.${entry.function}`, entry]),
  );
  const names = recipeNames(records).filter((name) => isEvaluated(records[name].effective));
  return MISTAKES.map((mistake) => {
    const count = { ...mistake, ours: 0, undecided: 0, byHand: 0, oracle: 0, differing: [] };
    for (const name of names)
      countRecipe(count, {
        name,
        record: records[name],
        entry: entries.get(resolveName(name, records, entries)),
      });
    return count;
  });
}

function countRecipe(count, { name, record, entry }) {
  const theirs = judgeBy(count, recordAsked(name, record));
  if (theirs === true) count.oracle += 1;
  if (entry === undefined) return; // the agreement's own check names it
  const ours = judgeBy(count, entryAsked(name, entry));
  if (ours === true) count.ours += 1;
  if (ours === true && (entry.knobs[count.written]?.writers.length ?? 0) > 0) count.byHand += 1;
  if (ours === undefined) count.undecided += 1;
  else if (ours !== theirs) count.differing.push(`${name}: ours ${ours}, oracle ${theirs}`);
}

/** Whether a mistake holds; `undefined` if that took a value that is not known. */
function judgeBy({ holds }, ask) {
  const answer = holds(ask);
  return ask.missed() ? undefined : answer;
}

function recordAsked(name, record) {
  // Old versions empty comm_overlap once they have read it: what it held is in the declared stage.
  const effective = { ...record.effective, comm_overlap: record.declared.comm_overlap };
  return {
    name,
    declared: (knob) => valueAt(record.declared, knob),
    effective: (knob) => valueAt(effective, knob),
    missed: () => false,
  };
}

function entryAsked(name, { knobs }) {
  let missed = false;
  const at = (stage) => (knob) => {
    const value = knobs[knob]?.[stage];
    const isKnown = !(value?.unknown !== undefined || value?.oneOf !== undefined);
    if (!isKnown) missed = true;
    return value?.absent === true || !isKnown ? undefined : value;
  };
  return { name, declared: at("declared"), effective: at("effective"), missed: () => missed };
}

/** The counts as a table, with what explains where the earlier ones differ. */
export function formatCounts(counts, bridge) {
  const header = [
    `recipes of ${bridge} in which`,
    "ours",
    "not known",
    "written",
    "oracle",
    "v0.6.0",
    "main",
  ];
  const rows = counts.map(({ what, ours, undecided, written, byHand, oracle, then: [release, main] }) => {
    const hands = written === undefined ? "-" : byHand;
    return [what, ours, undecided, hands, oracle, release ?? "-", main];
  });
  const notes = counts.flatMap(({ what, because }) => (because === undefined ? [] : [`${what}: ${because}`]));
  return [formatTable([header, ...rows]), "Where v0.6.0 and main, counted earlier, differ:", ...notes].join(
    "\n",
  );
}
