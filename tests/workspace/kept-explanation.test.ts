import { expect, it } from "vitest";
import type { KnobReport, RecipeReport } from "../../src/outcome.ts";
import { keepExplanation, restoreExplanation } from "../../src/workspace/kept-explanation.ts";

const bridge = { version: "0.6.2", from: "--bridge" };
const shared: KnobReport = { declared: 1, effective: 1, writers: [], decidedBy: "default", steps: [] };
const written: KnobReport = {
  declared: { oneOf: [true, { unknown: "depends" }] },
  effective: false,
  writers: [{ file: "a.py", line: 3, value: true }],
  decidedBy: "comm_overlap.setup",
  steps: [{ by: "comm_overlap.setup", value: false, why: "turned off due to TP size < 2" }],
};

function recipe(name: string, knobs: Record<string, KnobReport>): RecipeReport {
  const scenario = { worldSize: null, dp: 8, gpu: "h100", te: true };
  return { file: "a.py", module: "a", function: name, line: 1, scenario, knobs, findings: [] };
}

it("keeps an explanation as text, each knob's report once, and gives the same back", () => {
  const recipes = [
    [recipe("f", { "ddp.a": shared, "model.b": written }), recipe("f", { "ddp.a": shared })],
    [recipe("g", { "ddp.a": { ...shared }, "model.c": shared })],
  ];
  const rest = { bridge, skipped: [{ file: "b.py", reason: "line 1: not valid Python" }] };
  const keeper = keepExplanation();
  recipes.forEach((variants) => keeper.add(variants));
  const text = keeper.text(rest);
  expect(text.split('"default"')).toHaveLength(2);
  const restored = restoreExplanation(JSON.parse(text));
  expect([...restored.recipes]).toEqual(recipes);
  expect(restored.rest).toEqual(rest);
});

it("gives nothing back of what is damaged", () => {
  expect(() => restoreExplanation({ reports: [], recipes: [[{ knobs: { "ddp.a": 0 } }]] })).toThrow(
    "not kept",
  );
  expect(() => restoreExplanation({})).toThrow();
});
