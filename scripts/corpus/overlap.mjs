// What `--set overlap` promises: in every recipe that it changed, the overlap that it claims really runs.
import { appliedFixes } from "./claims.mjs";
import { valueAt } from "./knobs.mjs";
import { isEvaluated, recipeNames, resolveName } from "./recipes.mjs";
import { judge, show } from "./values.mjs";

const TENSOR = "model.tp_comm_overlap";
const PLAN = "model.tp_comm_overlap_cfg";
const REDUCE = "ddp.overlap_grad_reduce";
const GATHER = "ddp.overlap_param_gather";

/**
 * Lines for what is not so after the run, by the oracle's records at DP 8: TP overlap that was claimed is on; a preset
 * that was attached is in use; DP overlap that was claimed is on in both halves; interleaved stages overlap.
 */
export function deadOverlap(report, after) {
  const claimed = claimedKnobs(report);
  return recipeNames(after).flatMap((name) => {
    const stage = after[name].effective;
    const knobs = claimed.get(resolveName(name, after, claimed));
    if (knobs === undefined || !isEvaluated(stage)) return [];
    return expectations(knobs, stage).flatMap(([knob, expected]) => {
      const found = valueAt(stage, knob);
      const holds = judge(expected, found) === "equal";
      return holds ? [] : [`${name} ${knob}: oracle ${show(found)}, expected ${show(expected)}`];
    });
  });
}

/** What each changed recipe claims for its knobs at DP 8. */
function claimedKnobs(report) {
  const claimed = new Map();
  for (const { recipe, knob, after, scenario } of appliedFixes(report).flatMap((fix) => fix.effects ?? [])) {
    if (scenario !== undefined) continue;
    const knobs = claimed.get(recipe) ?? new Map();
    claimed.set(recipe, knobs.set(knob, after));
  }
  return claimed;
}

function expectations(knobs, stage) {
  const expected = [];
  const preset = knobs.get(PLAN);
  if (knobs.get(TENSOR) === true || preset?.preset !== undefined) expected.push([TENSOR, true]);
  if (preset?.preset !== undefined) expected.push([PLAN, preset]);
  if (knobs.get(REDUCE) === true || knobs.get(GATHER) === true) expected.push([REDUCE, true], [GATHER, true]);
  const isInterleaved = ["pipeline", "virtual_pipeline"].every(
    (axis) => (valueAt(stage, `model.${axis}_model_parallel_size`) ?? 1) > 1,
  );
  const makesObject = knobs.has("model.wgrad_deferral_limit") || knobs.has("model.overlap_p2p_comm");
  if (isInterleaved && makesObject)
    expected.push(["model.overlap_p2p_comm", true], ["model.batch_p2p_comm", false]);
  return expected;
}
