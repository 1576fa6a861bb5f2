import { stripVTControlCharacters } from "node:util";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { explainText } from "../../src/report/explain-text.ts";
import { recipesText } from "../../src/report/fold-effects.ts";
import { plainPalette } from "../../src/report/palette.ts";
import { runText, summaryText } from "../../src/report/text.ts";
import { valueText } from "../../src/report/value-text.ts";
import { sampleExplain, sampleRun } from "./sample-run.ts";

const plain = { palette: plainPalette, applied: false, verbose: false };

describe("text", () => {
  it("says file by file what would be done", () => {
    expect(runText(sampleRun, plain)).toMatchInlineSnapshot(`
      "recipes/a.py
        40  fix  move-precision-knobs/dead-write  requested: exactly this changes
            ddp.grad_reduce_in_fp32 = False has no effect: mixed_precision sets it.
            Write it there.
            ddp.grad_reduce_in_fp32: True → False
              in recipes.a.a_config, recipes.a.b_config and 3 more recipes
            ddp.grad_reduce_in_fp32: True → unknown (not args.fast) (world size 8, DP 1, h100)
              in recipes.a.a_config
        51  warning  move-precision-knobs/disagree
            Two.

      recipes/c.py
        skipped: a symbolic link that leaves the project

      recipes/d.py
        failed: line 2: not UTF-8
      "
    `);
  });

  it("names every recipe and every file under --verbose", () => {
    const text = runText(sampleRun, { ...plain, verbose: true });
    expect(text).toContain("recipes.a.d_config and recipes.a.e_config");
    expect(text).toContain("recipes/b.py  unchanged\n");
  });

  it("is the same with colours taken out", () => {
    const coloured = runText(sampleRun, { ...plain, palette: picocolors.createColors(true) });
    expect(coloured).toContain("\u001b[");
    expect(stripVTControlCharacters(coloured)).toBe(runText(sampleRun, plain));
  });

  it("sums up in counts that add up", () => {
    const counts = "1 unchanged, 1 skipped, 1 failed; 1 finding left for you";
    expect(summaryText(sampleRun, false)).toBe(`4 files: 1 would change, ${counts}`);
    expect(summaryText(sampleRun, true)).toBe(`4 files: 1 changed, ${counts}`);
  });

  it("explains in a column for each scenario", () => {
    const [recipe] = sampleExplain.recipes;
    if (!recipe) throw new Error("no recipe in the sample");
    const knob = {
      ...recipe.knobs["ddp.use_megatron_fsdp"],
      declared: true,
      effective: true,
      writers: [],
      steps: [],
    };
    const alone = { worldSize: 8, dp: 1, gpu: null, te: true };
    const gather = { ...knob, decidedBy: "comm_overlap.setup" };
    const why = (text: string, value: boolean) => [{ by: "comm_overlap.setup", value, why: text }];
    const recipes = [
      {
        ...recipe,
        knobs: { "ddp.overlap_param_gather": { ...gather, steps: why("the default where DP > 1", true) } },
      },
      {
        ...recipe,
        scenario: alone,
        knobs: {
          "ddp.overlap_param_gather": {
            ...gather,
            effective: false,
            steps: why("the default where DP = 1", false),
          },
        },
      },
    ];
    const report = { ...sampleExplain, recipes };
    expect(explainText(report, { palette: plainPalette, shown: "interest" })).toMatchInlineSnapshot(`
      "recipes.a.a_config  recipes/a.py:12 · world size 64, DP 8 | world size 8, DP 1
        knob                      declared  at DP 8  at DP 1  decided by
        ddp.overlap_param_gather  True      True     False    comm_overlap.setup: the default where DP > 1 | the default where DP = 1
        line 40  warning  x/y: no effect

      recipes.a.b_config  recipes/a.py:60
        not explained: it ends with plugin.make(), of which nothing can be told

      recipes/d.py
        skipped: line 2: not UTF-8
      "
    `);
    const shown = { knob: "ddp.overlap_param_gather" };
    expect(explainText(report, { palette: plainPalette, shown })).toMatchInlineSnapshot(`
      "recipes.a.a_config  recipes/a.py:12 · world size 64, DP 8 | world size 8, DP 1
        ddp.overlap_param_gather
          declared as True, written by nobody here
          at DP 8: comm_overlap.setup sets True (the default where DP > 1)
          at DP 8: runs with True
          at DP 1: comm_overlap.setup sets False (the default where DP = 1)
          at DP 1: runs with False

      recipes.a.b_config  recipes/a.py:60
        not explained: it ends with plugin.make(), of which nothing can be told

      recipes/d.py
        skipped: line 2: not UTF-8
      "
    `);
  });

  it("shows only what a reader would get wrong", () => {
    const text = explainText(sampleExplain, { palette: plainPalette, shown: "surprises" });
    expect(text).toContain("ddp.grad_reduce_in_fp32");
    expect(text).not.toContain("model.params_dtype");
  });

  it("shows what start-up objects to as something that a reader would get wrong", () => {
    const textOf = (severity: "warning" | "info") => {
      const findings = [{ codemod: "x", rule: "y", severity, line: 40, message: "no effect" }];
      const knobs = {
        "ddp.nccl_ub": { declared: false, effective: false, writers: [], decidedBy: "default", steps: [] },
      };
      const report = {
        ...sampleExplain,
        recipes: sampleExplain.recipes.map((recipe) => ({ ...recipe, knobs, findings })),
      };
      return explainText(report, { palette: plainPalette, shown: "surprises" });
    };
    expect(textOf("warning")).toMatch(
      /^recipes\.a\.a_config .*\n {2}line 40 {2}warning {2}x\/y: no effect\n/,
    );
    expect(textOf("info")).not.toContain("recipes.a.a_config");
  });

  it("explains in a table", () => {
    expect(explainText(sampleExplain, { palette: plainPalette, shown: "interest" })).toMatchInlineSnapshot(`
      "recipes.a.a_config  recipes/a.py:12 · world size 64, DP 8
        knob                     declared                                     effective                decided by
        ddp.grad_reduce_in_fp32  False                                        True                     mixed_precision.setup
        mixed_precision          MixedPrecisionConfig(…)                      MixedPrecisionConfig(…)  recipes/base.py:3
        model.params_dtype       torch.bfloat16 or unknown (parameter dtype)  torch.bfloat16           line 41
        and 2 more knobs as Bridge sets them; --all shows them
        line 40  warning  x/y: no effect

      recipes.a.b_config  recipes/a.py:60
        not explained: it ends with plugin.make(), of which nothing can be told

      recipes/d.py
        skipped: line 2: not UTF-8
      "
    `);
    expect(explainText(sampleExplain, { palette: plainPalette, shown: "all" })).toContain(
      "ddp.use_megatron_fsdp",
    );
  });
});

describe("values and names", () => {
  it.each([
    [null, "None"],
    [true, "True"],
    [22, "22"],
    ["torch.bfloat16", "torch.bfloat16"],
    ["bf16_mixed", '"bf16_mixed"'],
    [["moe", 1], '["moe", 1]'],
    [{ preset: "userbuffers_x" }, "userbuffers_x"],
    [{ object: "MixedPrecisionConfig" }, "MixedPrecisionConfig(…)"],
    [{ object: "megatron.core.enums.CudaGraphModule.mamba" }, "CudaGraphModule.mamba"],
    [{ oneOf: [true, null] }, "True or None"],
    [{ unknown: "parameter x" }, "unknown (parameter x)"],
    [{ absent: true }, "no such field"],
    [{ raises: "TypeError: x" }, "raises TypeError: x"],
    [{ a: 1, b: 2 }, "{a: 1, b: 2}"],
    [{}, "{}"],
  ])("writes %j as %s", (value, text) => {
    expect(valueText(value)).toBe(text);
  });

  it.each([
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b and c"],
    [["a", "b", "c", "d"], "a, b and 2 more recipes"],
  ])("folds %j", (recipes, text) => {
    expect(recipesText(recipes)).toBe(text);
  });
});
