import { expect, it } from "vitest";
import { deadOverlap } from "../../scripts/corpus/overlap.mjs";
import { record, runReport } from "./records.mjs";

const RECIPE = "recipes.a.a_config";

function effect(knob, after) {
  return { recipe: RECIPE, knob, before: false, after };
}

function recordsWith(effective) {
  return { _meta: {}, [RECIPE]: record({}, effective) };
}

const layout = { pipeline_model_parallel_size: 4, virtual_pipeline_model_parallel_size: 2 };

it("is silent where all that was claimed runs", () => {
  const effects = [effect("model.tp_comm_overlap", true), effect("ddp.overlap_grad_reduce", true)];
  const after = recordsWith({
    model: { tp_comm_overlap: true },
    ddp: { overlap_grad_reduce: true, overlap_param_gather: true },
  });
  expect(deadOverlap(runReport(effects), after)).toEqual([]);
});

it("names TP overlap that was claimed and is off, and a preset that is not in use", () => {
  const effects = [effect("model.tp_comm_overlap_cfg", { preset: "userbuffers_x" })];
  const after = recordsWith({ model: { tp_comm_overlap: false, tp_comm_overlap_cfg: null } });
  expect(deadOverlap(runReport(effects), after)).toEqual([
    `${RECIPE} model.tp_comm_overlap: oracle false, expected true`,
    `${RECIPE} model.tp_comm_overlap_cfg: oracle null, expected {"preset":"userbuffers_x"}`,
  ]);
});

it("wants both halves of DP overlap", () => {
  const effects = [effect("ddp.overlap_grad_reduce", true)];
  const after = recordsWith({ ddp: { overlap_grad_reduce: true, overlap_param_gather: false } });
  expect(deadOverlap(runReport(effects), after)).toEqual([
    `${RECIPE} ddp.overlap_param_gather: oracle false, expected true`,
  ]);
});

it("wants interleaved stages to overlap once an object decides over it", () => {
  const effects = [effect("model.wgrad_deferral_limit", -1)];
  const after = recordsWith({ model: { ...layout, overlap_p2p_comm: false, batch_p2p_comm: false } });
  expect(deadOverlap(runReport(effects), after)).toEqual([
    `${RECIPE} model.overlap_p2p_comm: oracle false, expected true`,
  ]);
});

it("asks nothing of recipes that the run left alone", () => {
  const after = recordsWith({ model: { ...layout, tp_comm_overlap: false, overlap_p2p_comm: false } });
  expect(deadOverlap(runReport([]), after)).toEqual([]);
});
