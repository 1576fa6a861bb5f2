import { describe, expect, test } from "vitest";
import { countMistakes, formatCounts } from "../../scripts/corpus/counts.mjs";
import { entry, record } from "./records.mjs";

const NAME = "recipes.a.a_pretrain_8gpu_gb200_bf16_config";
const PRESET = "userbuffers_bf16_b200_h8192_tp4_cp2_mbs1_seqlen8192";
const OVERWRITTEN = "ddp.grad_reduce_in_fp32 is overwritten with another value";
const MISFIT = "a preset for another layout, batch, length, GPU or precision";

/** The counts over one recipe: the oracle's sections, and our knobs as [declared, effective]. */
function countOne(sections, knobs) {
  const explained = { recipes: [entry(NAME, knobs)] };
  return countMistakes(explained, { _meta: {}, [NAME]: record(sections.declared, sections.effective) });
}

function find(counts, what) {
  return counts.find((count) => count.what === what);
}

const overwritten = {
  declared: { ddp: { grad_reduce_in_fp32: false }, model: {} },
  effective: { ddp: { grad_reduce_in_fp32: true }, model: {} },
};

test("both sides count, each by its own values", () => {
  const same = countOne(overwritten, { "ddp.grad_reduce_in_fp32": [false, true] });
  expect(find(same, OVERWRITTEN)).toMatchObject({ ours: 1, oracle: 1, undecided: 0, differing: [] });
  const other = countOne(overwritten, { "ddp.grad_reduce_in_fp32": [true, true] });
  expect(find(other, OVERWRITTEN)).toMatchObject({
    ours: 0,
    oracle: 1,
    differing: [`${NAME}: ours false, oracle true`],
  });
});

test("what takes an unknown value is neither counted nor wrong", () => {
  const counts = countOne(overwritten, { "ddp.grad_reduce_in_fp32": [{ oneOf: [true, false] }, true] });
  expect(find(counts, OVERWRITTEN)).toMatchObject({ ours: 0, undecided: 1, oracle: 1, differing: [] });
});

test("a knob that somebody wrote is told from a default", () => {
  const explained = { recipes: [entry(NAME, { "ddp.grad_reduce_in_fp32": [false, true] })] };
  const records = { [NAME]: record(overwritten.declared, overwritten.effective) };
  expect(find(countMistakes(explained, records), OVERWRITTEN).byHand).toBe(0);
  explained.recipes[0].knobs["ddp.grad_reduce_in_fp32"].writers = [{ file: "a.py", line: 1, value: false }];
  expect(find(countMistakes(explained, records), OVERWRITTEN).byHand).toBe(1);
});

test("the table shows both sides beside the earlier counts", () => {
  const text = formatCounts(countOne(overwritten, { "ddp.grad_reduce_in_fp32": [false, true] }), "9.9");
  expect(text).toMatch(/recipes of 9\.9 in which +ours/);
  expect(text).toMatch(new RegExp(`${OVERWRITTEN} +1 +0 +0 +1 +72 +74`));
});

describe("a preset beside a run", () => {
  const fitting = { tp: 4, cp: 2, mbs: 1, seq: 8192, preset: PRESET, fp8: null };

  function misfits(change) {
    const { tp, cp, mbs, seq, preset, fp8 } = { ...fitting, ...change };
    const sections = {
      model: { tensor_model_parallel_size: tp, context_parallel_size: cp, seq_length: seq, fp8 },
      train: { micro_batch_size: mbs },
      comm_overlap: { tp_comm_overlap: true, tp_comm_overlap_cfg: { preset, value: {} } },
    };
    return find(countOne({ declared: sections, effective: sections }, {}), MISFIT).oracle === 1;
  }

  test("every part of the name counts, and upstream's GPUs stand for their family", () => {
    expect(misfits({})).toBe(false);
    const changes = [{ tp: 8 }, { cp: 1 }, { mbs: 2 }, { seq: 4096 }, { fp8: "hybrid" }];
    for (const change of changes) expect(misfits(change), JSON.stringify(change)).toBe(true);
    expect(misfits({ preset: PRESET.replace("b200", "h100") })).toBe(true);
  });

  test("a name without CP is for CP 1", () => {
    const preset = PRESET.replace("_cp2", "");
    expect(misfits({ preset, cp: 1 })).toBe(false);
    expect(misfits({ preset })).toBe(true);
  });

  test("no preset fits any run", () => {
    expect(misfits({ preset: undefined, tp: 8 })).toBe(false);
  });
});
