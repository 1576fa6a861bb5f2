import { expect, test } from "vitest";
import { agree, unknownShare } from "../../scripts/corpus/agreement.mjs";
import { entry, record } from "./records.mjs";

const truth = record(
  { ddp: { grad_reduce_in_fp32: false, bucket_size: 5 }, model: {} },
  { ddp: { grad_reduce_in_fp32: true, bucket_size: 5 }, model: {} },
);

function compare(recipes, auto, knobSet = "precision") {
  return agree({ explained: { recipes }, records: { auto, single: auto }, knobSet });
}

test("right values agree, and knobs outside the set do not count", () => {
  const tally = compare([entry("m.f", { "ddp.grad_reduce_in_fp32": [false, true] })], {
    "m.f": truth,
    _meta: {},
  });
  expect(tally).toMatchObject({ recipes: 1, missing: [], wrong: [], unlisted: [] });
  expect(tally.counts["auto effective"]).toMatchObject({ compared: 1, unknown: 0 });
});

test("a wrong value is told with both sides", () => {
  const tally = compare([entry("m.f", { "ddp.grad_reduce_in_fp32": [false, false] })], { "m.f": truth });
  expect(tally.wrong).toEqual(["m.f ddp.grad_reduce_in_fp32 effective: ours false, oracle true"]);
});

test("unknown values are a share, by stage", () => {
  const knobs = { "ddp.grad_reduce_in_fp32": [false, { unknown: "args.x" }] };
  const tally = compare([entry("m.f", knobs)], { "m.f": truth });
  expect(unknownShare(tally, "auto", "declared")).toBe(0);
  expect(unknownShare(tally, "auto", "effective")).toBe(1);
  expect(tally.reasons).toEqual([['ddp.grad_reduce_in_fp32 effective: {"unknown":"args.x"}', 1]]);
});

test("a knob that we leave out is told", () => {
  expect(compare([entry("m.f", {})], { "m.f": truth }).unlisted).toHaveLength(2);
});

test("all knobs can be compared instead of those of precision", () => {
  const knobs = { "ddp.grad_reduce_in_fp32": [false, true], "ddp.bucket_size": [5, 6] };
  const tally = compare([entry("m.f", knobs)], { "m.f": truth }, "all");
  expect(tally.wrong).toEqual(["m.f ddp.bucket_size effective: ours 6, oracle 5"]);
});

test("a recipe that we do not list is missing; one that raises for the oracle is not", () => {
  const raises = { declared: { error: "TypeError" }, effective: { error: "TypeError" } };
  expect(compare([], { "m.f": truth, "m.g": raises }).missing).toEqual(["m.f"]);
});

test("an alias is found through its function, the one in its own module first", () => {
  const alias = { ...truth, alias_of: "f" };
  const knobs = { "ddp.grad_reduce_in_fp32": [false, true] };
  const recipes = [entry("m.f", knobs), entry("n.f", knobs)];
  expect(compare(recipes, { "m.f": truth, "n.f": truth, "m.g": alias })).toMatchObject({
    missing: [],
    aliased: 1,
  });
  expect(compare(recipes, { "m.f": truth, "n.f": truth, "k.g": alias }).missing).toEqual(["k.g"]);
});

test("a world size of our own, a recipe listed twice, and a model attribute that is not there are wrong", () => {
  const knobs = { "ddp.grad_reduce_in_fp32": [false, true] };
  const twice = [entry("m.f", knobs), entry("m.f", knobs)];
  expect(compare(twice, { "m.f": truth }).repeated).toHaveLength(1);
  const sized = [entry("m.f", knobs, { worldSize: 64, dp: 8 })];
  expect(compare(sized, { "m.f": truth }).wrong).toEqual(["m.f scenario.worldSize: ours 64, oracle 8"]);
  const extra = [entry("m.f", { ...knobs, "model.fp8_param": [false, false] })];
  expect(compare(extra, { "m.f": truth }).wrong).toHaveLength(2);
});

test("entries at DP 1 are held against the oracle's DP 1", () => {
  const knobs = { "ddp.grad_reduce_in_fp32": [false, true] };
  const at1 = entry("m.f", { "ddp.grad_reduce_in_fp32": [false, false] }, { worldSize: 8, dp: 1 });
  const tally = compare([entry("m.f", knobs), at1], { "m.f": truth });
  expect(tally.wrong).toEqual(["m.f ddp.grad_reduce_in_fp32 effective (DP 1): ours false, oracle true"]);
});
