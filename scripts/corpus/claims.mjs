// What the fixes claim beside what the oracle sees: the same differences, with the same values.
import { isInput, ownerOf, valueAt } from "./knobs.mjs";
import { isEvaluated, recipeNames, resolveName } from "./recipes.mjs";
import { judge, mayEqual, show } from "./values.mjs";

const NEVER = new Set(["error", "vanished", "import"]);

/** The effects of all applied fixes, by recipe and knob, as they hold in one world. */
export function collectClaims(report, world) {
  const claims = new Map();
  for (const effect of appliedFixes(report).flatMap((fix) => fix.effects ?? [])) {
    if (isInput(effect.knob)) continue;
    const knobs = claims.get(effect.recipe) ?? new Map();
    claims.set(effect.recipe, knobs);
    const found = knobs.get(effect.knob) ?? { world, general: [], specific: [] };
    knobs.set(effect.knob, found);
    if (effect.scenario === undefined) found.general.push(effect);
    else if (isOf(world, effect.scenario)) found.specific.push(effect);
  }
  return claims;
}

/** The fixes that a run wrote: those of changed files, of a verdict that is written. */
export function appliedFixes(report) {
  const changed = report.files.filter((file) => file.outcome === "changed");
  return changed.flatMap((file) =>
    file.fixes.filter((fix) => fix.verdict !== "unproven" && fix.verdict !== "refuted"),
  );
}

/**
 * Holds the claims against the oracle's comparison of one world.
 * @returns lines for what stopped evaluating (`stopped`), differences without a matching claim (`unclaimed`),
 *   claims that are not so (`unreal`), and how many claims matched, or could not be seen (`counts`).
 */
export function holdClaims({ claims, rows, before, after }) {
  const result = {
    stopped: stoppedRecipes(rows),
    unclaimed: [],
    unreal: [],
    differences: [],
    counts: emptyCounts(),
  };
  for (const name of recipeNames(before)) {
    if (!isEvaluated(before[name].effective) || !isEvaluated(after[name]?.effective ?? { error: "" }))
      continue;
    const claimed = claims.get(resolveName(name, before, claims)) ?? new Map();
    const stages = { old: before[name].effective, now: after[name].effective };
    holdRecipe({ name, claimed, stages, changed: changedKnobs(rows[name] ?? []) }, result);
  }
  return result;
}

function emptyCounts() {
  return { differences: 0, matched: 0, unseen: 0 };
}

/** A real `validate()` that passed and now fails stops a recipe, too; one that failed all along does not count. */
function stoppedRecipes(rows) {
  const lines = [];
  for (const [name, found] of Object.entries(rows)) {
    for (const { stage, knob, before, after } of found) {
      const fails = NEVER.has(stage) || (stage === "validate" && before === "ok");
      if (fails) lines.push(`${name} ${stage} ${knob}: ${show(before)} -> ${show(after)}`);
    }
  }
  return lines;
}

/** Our knobs among the rows: those that must be claimed, and those that may be (a preset that nothing reads). */
function changedKnobs(rows) {
  const named = (stage) => new Set(rows.filter((row) => row.stage === stage).map((row) => ownerOf(row.knob)));
  return { must: named("effective"), may: named("inert") };
}

function holdRecipe({ name, claimed, stages, changed }, result) {
  for (const knob of new Set([...changed.must, ...claimed.keys()])) {
    const old = valueAt(stages.old, knob);
    const now = valueAt(stages.now, knob);
    const edges = edgesOf(claimed.get(knob));
    const line = `${name} ${knob}: oracle ${show(old)} -> ${show(now)}, claimed ${showEdges(edges)}`;
    if (changed.must.has(knob)) countDifference(line, result);
    if (old === undefined && now === undefined && edges.length > 0 && !edges.every(isAboutAbsence)) {
      result.counts.unseen += 1;
    } else if (leadsTo(edges, old, now)) {
      result.counts.matched += edges.length;
    } else if (changed.must.has(knob)) {
      result.unclaimed.push(line);
    } else if (!changed.may.has(knob) && !isOfFirstOnly(claimed.get(knob))) {
      result.unreal.push(line);
    }
  }
}

function countDifference(line, result) {
  result.counts.differences += 1;
  result.differences.push(line);
}

/** One step per distinct claim; what is said of this very world stands for what is said in general. */
function edgesOf(found) {
  if (found === undefined) return [];
  const effects = found.specific.length > 0 ? found.specific : found.general;
  const distinct = new Map(effects.map((effect) => [JSON.stringify([effect.before, effect.after]), effect]));
  return [...distinct.values()].map(({ before, after }) => ({ before, after }));
}

/** What is told without a scenario is told of the first: at DP 1 there may be nothing to see of it. */
function isOfFirstOnly({ world, specific }) {
  return world === "single" && specific.length === 0;
}

function isAboutAbsence({ before, after }) {
  return before?.absent === true || after?.absent === true;
}

/** Whether the claimed steps, in some order and each once, lead from what was to what is. */
function leadsTo(edges, old, now) {
  const starts = edges.filter((edge) => judge(edge.before, old) !== "wrong");
  if (edges.length === 0) return JSON.stringify(old) === JSON.stringify(now);
  return starts.some((edge) => continues(edges, edge, now));
}

function continues(edges, last, now) {
  const rest = edges.filter((edge) => edge !== last);
  if (rest.length === 0) return judge(last.after, now) !== "wrong";
  return rest.some((edge) => mayEqual(last.after, edge.before) && continues(rest, edge, now));
}

function isOf(world, scenario) {
  return (scenario.dp === 1) === (world === "single");
}

function showEdges(edges) {
  return edges.length === 0
    ? "nothing"
    : edges.map(({ before, after }) => `${show(before)} -> ${show(after)}`).join("; ");
}
