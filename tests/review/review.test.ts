import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, vi } from "vitest";
import type { RecipeReview, ReviewReport } from "../../src/outcome.ts";
import { git, put, textOf } from "../workspace/temp-tree.ts";
import { bridgemod, commit, edit, lab, labRepository } from "./repository.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

const validate = new Ajv2020().compile(JSON.parse(readFileSync("schema/review-1.json", "utf8")) as object);

async function reviewed(root: string, ...argv: readonly string[]): Promise<ReviewReport> {
  const { code, out, err } = await bridgemod(root, ["review", "--format", "json", ...argv]);
  expect({ code, error: /^error.*/m.exec(err)?.[0] }).toEqual({ code: 0, error: undefined });
  const report: unknown = JSON.parse(out);
  expect(validate(report) ? [] : validate.errors).toEqual([]);
  return report as ReviewReport;
}

/** `recipe knob before after` of every effect, with \`!\` where the diff does not say so. */
function effectsIn({ recipes }: ReviewReport): string[] {
  return recipes.flatMap(({ recipe, effects }) =>
    effects.map(({ knob, before, after, expected, scenario }) => {
      const where = scenario ? ` at DP ${scenario.dp ?? "?"}` : "";
      return `${expected ? " " : "!"} ${recipe} ${knob} ${JSON.stringify(before)} ${JSON.stringify(after)}${where}`;
    }),
  );
}

function statuses({ recipes }: ReviewReport): Record<string, RecipeReview["status"]> {
  return Object.fromEntries(recipes.map(({ recipe, status }) => [recipe, status]));
}

describe("a branch that migrate made", () => {
  it("changes what the dead write had asked for, and nothing else", async () => {
    const root = labRepository();
    expect((await bridgemod(root, ["migrate", "recipes"])).code).toBe(0);
    commit(root);
    const report = await reviewed(root);
    expect(effectsIn(report)).toEqual(["  recipes.fast.fast_config ddp.grad_reduce_in_fp32 true false"]);
    expect(report.recipes[0]?.effects[0]?.decidedBy).toBe("recipes/fast.py:9");
    expect(report.recipes[0]?.findings).toMatchObject({ new: [], gone: [{ rule: "dead-precision-knob" }] });
    expect(report.risk).toBe("1 recipe changes what gradients are reduced in");
    expect(report).toMatchObject({ base: "main", head: "WORKTREE", skipped: [] });
  });

  it("is tidied only where nothing that runs changes", async () => {
    const root = labRepository();
    await bridgemod(root, ["migrate", "--intent", "preserve", "recipes"]);
    const report = await reviewed(root);
    expect(effectsIn(report)).toEqual([]);
    expect(statuses(report)).toEqual({ "recipes.fast.fast_config": "unchanged" });
    expect(report.risk).toBe("nothing that runs changes; 1 recipe is tidied only");
  });
});

describe("a branch that people made", () => {
  it("finds the effective value that a harmless-looking line in another file flips", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", [
      "    cfg.mixed_precision = bf16_mixed()\n",
      "    cfg.mixed_precision = None\n",
    ]);
    commit(root);
    const report = await reviewed(root);
    const flipped = report.recipes.find(({ recipe }) => recipe === "recipes.fast.fast_config");
    expect(flipped?.effects.find(({ knob }) => knob === "ddp.grad_reduce_in_fp32")).toEqual({
      knob: "ddp.grad_reduce_in_fp32",
      before: true,
      after: false,
      decidedBy: "recipes/fast.py:9",
      expected: false,
    });
    expect(Object.keys(statuses(report))).toEqual([
      "recipes.base.lab_config",
      "recipes.fast.fast_config",
      "recipes.small.small_config",
      "recipes.small.tiny_config",
    ]);
  });

  it("finds callers of a changed helper, and nobody else", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", ["micro_batch_size = 1", "micro_batch_size = 4"]);
    const report = await reviewed(root);
    expect(effectsIn(report)).toEqual([
      "! recipes.small.small_config train.micro_batch_size 1 4",
      "! recipes.small.tiny_config train.micro_batch_size 1 4",
    ]);
    expect(report.risk).toBe(
      "2 recipes change the batch size; 2 in a way that the recipe's own diff does not say",
    );
  });

  it("expects what a changed line says, in the recipe's own file", async () => {
    const root = labRepository();
    edit(root, "recipes/fast.py", [
      "    cfg.ddp.grad_reduce_in_fp32 = False\n",
      "    cfg.ddp.grad_reduce_in_fp32 = False\n    cfg.train.global_batch_size = 512\n    cfg.model.bf16 = False\n",
    ]);
    const report = await reviewed(root);
    expect(effectsIn(report)).toEqual(["  recipes.fast.fast_config train.global_batch_size 256 512"]);
    expect(report.recipes[0]?.findings.new).toMatchObject([
      { rule: "dead-precision-knob", file: "recipes/fast.py", line: 11 },
    ]);
  });

  it("expects what follows from a line that is gone", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", ["    cfg.train.global_batch_size = 256\n", ""]);
    const effects = effectsIn(await reviewed(root));
    expect(effects).toHaveLength(4);
    expect(effects[0]).toMatch(/^ {2}recipes\.base\.lab_config train\.global_batch_size 256 /);
    expect(effects.slice(1).every((line) => line.startsWith("! "))).toBe(true);
  });

  it("says what changes for callers with other arguments only", async () => {
    const root = labRepository();
    edit(root, "recipes/small.py", ["global_batch_size = 32", "global_batch_size = 64"]);
    const report = await reviewed(root);
    expect(effectsIn(report)).toEqual([]);
    expect(report.recipes).toMatchObject([
      {
        recipe: "recipes.small.tiny_config",
        status: "changed",
        otherwise: [{ knob: "train.global_batch_size", expected: true }],
      },
    ]);
  });

  it("keeps apart what differs between data-parallel sizes", async () => {
    const root = labRepository();
    put(
      root,
      "recipes/fast.py",
      textOf(root, "recipes/fast.py")
        .replace("import", "import CommOverlapConfig\nfrom megatron.bridge.training.config import")
        .replace("training.config", "training.comm_overlap")
        .replace(
          "    return",
          "    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)\n    cfg.comm_overlap.overlap_grad_reduce = False\n    return",
        ),
    );
    const overlaps = async (...argv: readonly string[]) =>
      effectsIn(await reviewed(root, ...argv)).filter((line) => line.includes(".overlap_"));
    const gather = ["ddp", "optimizer"].map(
      (section) => `! recipes.fast.fast_config ${section}.overlap_param_gather true false`,
    );
    const reduce = "  recipes.fast.fast_config ddp.overlap_grad_reduce true false";
    expect(await overlaps()).toEqual([reduce, ...gather.map((line) => `${line} at DP 1`)]);
    expect(await overlaps("--world-size", "8")).toEqual([reduce]);
    expect(await overlaps("--world-size", "1")).toEqual([reduce, ...gather]);
  });

  it("lists recipes that came, went, moved or raise", async () => {
    const root = labRepository();
    git(root, "mv", "recipes/fast.py", "recipes/quick.py");
    put(root, "recipes/new.py", textOf(root, "recipes/quick.py").replace("fast_config", "other_config"));
    edit(root, "recipes/small.py", ["def small_config", "def little_config"]);
    put(
      root,
      "recipes/small.py",
      textOf(root, "recipes/small.py")
        .replace("cfg = small_config()", "cfg = little_config()")
        .replace("cfg.model.num_layers = layers", 'raise ValueError("no such size")'),
    );
    const report = await reviewed(root);
    expect(report.recipes.map(({ recipe, renamedFrom, status }) => [status, recipe, renamedFrom])).toEqual([
      ["added", "recipes.new.other_config", undefined],
      ["renamed", "recipes.quick.fast_config", "recipes.fast.fast_config"],
      ["renamed", "recipes.small.little_config", "recipes.small.small_config"],
      ["changed", "recipes.small.tiny_config", undefined],
    ]);
    expect(report.recipes[3]?.effects[0]?.after).toEqual({ raises: "ValueError: no such size" });
    expect(report.risk).toMatch(/^1 recipe no longer runs; .*; 1 recipe is added; 2 recipes are renamed/);
  });

  it("does not take moved lines for new findings", async () => {
    const root = labRepository();
    edit(root, "recipes/fast.py", ["def fast_config", "\n\n# Fast.\ndef fast_config"]);
    expect(await reviewed(root)).toMatchObject({ recipes: [], risk: "nothing that runs changes" });
  });

  it("does not take a finding for a new one because its reasons changed", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", [
      "    cfg.mixed_precision = bf16_mixed()\n",
      '    cfg.mixed_precision = "bf16_with_fp8_current_scaling_mixed"\n',
    ]);
    const { recipes } = await reviewed(root);
    expect(recipes.map(({ findings }) => findings)).toEqual(recipes.map(() => ({ new: [], gone: [] })));
    expect(recipes.length).toBeGreaterThan(0);
  });

  it("says nothing of recipes that run through a file that is no longer Python", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", ["global_batch_size = 256", "global_batch_size = = 512"]);
    edit(root, "recipes/fast.py", ["grad_reduce_in_fp32 = False", "grad_reduce_in_fp32 = True"]);
    const { code, out, err } = await bridgemod(root, ["review", "--format", "json"]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      risk: "1 changed file cannot be judged",
      recipes: [],
      skipped: [
        {
          file: "recipes/base.py",
          reason: expect.stringMatching(
            /^line 9: .*; nothing is said of 3 recipes of other files that run through it$/,
          ),
        },
      ],
    });
    expect(err).toContain("recipes/base.py:9: not valid Python");
    commit(root);
    put(root, "recipes/base.py", textOf(root, "recipes/base.py").replace("= = 512", "= 512"));
    const mended = await reviewed(root, "HEAD");
    expect(mended).toMatchObject({ risk: "1 changed file cannot be judged", recipes: [] });
    expect(mended.skipped[0]?.reason).toMatch(/^before the change: line 9/);
  });

  it("finds what Bridge itself will newly say at start-up, under any of the sizes asked for", async () => {
    const overlapping =
      "    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)\n    cfg.model.tensor_model_parallel_size = 2\n    cfg.model.sequence_parallel = True\n    return cfg";
    const root = labRepository({
      "recipes/wide.py": String(lab["recipes/fast.py"])
        .replace("fast_config", "wide_config")
        .replace(
          "import ConfigContainer",
          "import ConfigContainer\nfrom megatron.bridge.training.comm_overlap import CommOverlapConfig",
        )
        .replace("    return cfg", overlapping),
    });
    put(
      root,
      "recipes/wide.py",
      textOf(root, "recipes/wide.py").replace("sequence_parallel = True", "sequence_parallel = False"),
    );
    const { recipes } = await reviewed(root);
    expect(recipes.map(({ recipe }) => recipe)).toEqual(["recipes.wide.wide_config"]);
    expect(recipes[0]?.findings.new.filter(({ codemod }) => codemod === "bridge")).toEqual([
      {
        codemod: "bridge",
        rule: "tp-overlap-disabled",
        severity: "warning",
        file: "recipes/wide.py",
        line: 11,
        message: "Disabling tensor parallel communication overlap due to sequence_parallel=False.",
      },
    ]);
    expect((await bridgemod(root, ["review", "--fail-on", "new-findings"])).code).toBe(1);
    commit(root);
    put(
      root,
      "recipes/wide.py",
      textOf(root, "recipes/wide.py").replace("tp_comm_overlap=True", "tp_comm_overlap=False"),
    );
    const gone = await reviewed(root, "HEAD");
    expect(gone.recipes[0]?.findings).toMatchObject({
      new: [],
      gone: expect.arrayContaining([
        expect.objectContaining({ codemod: "bridge", rule: "tp-overlap-disabled" }),
      ]),
    });
  });

  it("finds imports that raise and that the change brings or takes away", async () => {
    const moved = "from megatron.bridge.recipes.utils.finetune_utils import default_peft_config\n";
    const gone = "from megatron.bridge.recipes.run_plugins import PerfEnvPlugin";
    const root = labRepository({ "recipes/old.py": `${moved}${String(lab["recipes/fast.py"])}` });
    put(root, "recipes/old.py", String(lab["recipes/fast.py"]).replace("fast_config", "old_config"));
    edit(root, "recipes/fast.py", ["    cfg = lab_config()\n", `    ${gone}\n\n    cfg = lab_config()\n`]);
    edit(root, "recipes/base.py", [
      "\n\ndef lab_config",
      `${gone}  # bridgemod: ignore[bridge] a shim\n\n\ndef lab_config`,
    ]);
    const { recipes } = await reviewed(root);
    const told = recipes.flatMap(({ recipe, findings }) => [
      ...findings.new.map(
        ({ file, line, codemod, rule }) => `+ ${recipe} ${file}:${line} ${codemod}/${rule}`,
      ),
      ...findings.gone.map(
        ({ file, line, codemod, rule }) => `- ${recipe} ${file}:${line} ${codemod}/${rule}`,
      ),
    ]);
    expect(told.filter((line) => line.includes("bridge/"))).toEqual([
      "+ recipes.fast.fast_config recipes/fast.py:8 bridge/import-gone",
      "- module.recipes.old recipes/old.py:1 bridge/import-moved",
    ]);
    const { code, out } = await bridgemod(root, ["review", "--fail-on", "new-findings"]);
    expect(code).toBe(1);
    expect(out).toContain("bridge/import-gone");
    // It stands where it stood.
    commit(root);
    put(root, "recipes/fast.py", `# Fast.\n${textOf(root, "recipes/fast.py")}`);
    const again = await reviewed(root, "HEAD");
    expect(again.recipes.flatMap(({ findings }) => findings.new)).toEqual([]);
  });

  it("puts first that a recipe will fail at start-up", async () => {
    const root = labRepository();
    edit(root, "recipes/fast.py", [
      "    return cfg",
      "    cfg.model.pipeline_model_parallel_size = 2\n    cfg.model.overlap_p2p_comm = True\n    return cfg",
    ]);
    const { recipes, risk } = await reviewed(root);
    expect(recipes[0]?.findings.new).toMatchObject([
      { codemod: "repair-comm-overlap", rule: "hand-over", line: 11 },
      { codemod: "bridge", rule: "p2p-overlap-without-vpp", severity: "error", line: 11 },
    ]);
    expect(risk).toMatch(/^1 recipe fails at start-up; /);
  });

  it("shows alike what changes alike, and counts what can no longer be known", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", ["mixed_precision = bf16_mixed()", "mixed_precision = chosen_elsewhere()"]);
    const { out } = await bridgemod(root, ["review", "--quiet"]);
    expect(out.split("\n\n")[1]).toMatchInlineSnapshot(`
      "recipes.base.lab_config  recipes/base.py:6
      recipes.fast.fast_config  recipes/fast.py:6
      recipes.small.small_config  recipes/small.py:6
      recipes.small.tiny_config  recipes/small.py:12
        !  no longer to be known, since recipes/base.py:8: ddp.fp4_param_gather, ddp.fp8_param_gather, ddp.grad_reduce_in_fp32 and 32 more knobs; --verbose says why"
    `);
    const { out: all } = await bridgemod(root, ["review", "--quiet", "--verbose"]);
    expect(all).toMatch(/model\.params_dtype +torch\.bfloat16 +unknown/);
  });

  it("is not misled by line ends, nor by a new file elsewhere", async () => {
    const root = labRepository();
    put(root, "recipes/fast.py", textOf(root, "recipes/fast.py").replaceAll("\n", "\r\n"));
    put(root, "tools/x.py", "print(1)\n");
    expect((await reviewed(root)).recipes).toEqual([]);
  });
});

describe("what is compared", () => {
  function change(root: string): readonly string[] {
    edit(root, "recipes/fast.py", [
      "cfg.ddp.grad_reduce_in_fp32 = False",
      "cfg.train.global_batch_size = 512",
    ]);
    return ["  recipes.fast.fast_config train.global_batch_size 256 512"];
  }

  it("is the branch's own work, not what main did meanwhile", async () => {
    const root = labRepository();
    const expected = change(root);
    commit(root);
    git(root, "checkout", "-q", "main");
    edit(root, "recipes/base.py", ["256", "1024"]);
    commit(root);
    git(root, "checkout", "-q", "work");
    expect(effectsIn(await reviewed(root))).toEqual(expected);
    expect(effectsIn(await reviewed(root, "main...work"))).toEqual(expected);
    expect(await reviewed(root, "main..work")).toMatchObject({ base: "main", head: "work" });
    expect(effectsIn(await reviewed(root, "main..work"))).toContain(
      "! recipes.small.small_config train.global_batch_size 1024 256",
    );
  });

  it("is a revision and the working tree, or two revisions", async () => {
    const root = labRepository();
    const expected = change(root);
    expect(effectsIn(await reviewed(root, "HEAD"))).toEqual(expected);
    expect(effectsIn(await reviewed(root, "main..HEAD"))).toEqual([]);
    commit(root);
    expect(effectsIn(await reviewed(root, "HEAD"))).toEqual([]);
    expect(effectsIn(await reviewed(root, "HEAD~1..HEAD"))).toEqual(expected);
    expect(effectsIn(await reviewed(root, "HEAD~1.."))).toEqual(expected);
  });

  it("is what is staged", async () => {
    const root = labRepository();
    const expected = change(root);
    expect((await reviewed(root, "--staged")).recipes).toEqual([]);
    git(root, "add", "-A");
    put(root, "recipes/fast.py", "raise SystemExit\n");
    const report = await reviewed(root, "--staged");
    expect(effectsIn(report)).toEqual(expected);
    expect(report.head).toBe("INDEX");
  });

  it.each([["git diff"], ["git format-patch"], ["diff -u"]])("is a patch that %s made", async (made) => {
    const root = labRepository();
    const expected = change(root);
    commit(root);
    const patches: Record<string, () => string> = {
      "git diff": () => git(root, "diff", "main"),
      "git format-patch": () => git(root, "format-patch", "--stdout", "main"),
      "diff -u": () => git(root, "diff", "--no-prefix", "main").replace(/^(diff|index) .*\n/gm, ""),
    };
    const patch = patches[made]?.() ?? "";
    git(root, "checkout", "-q", "main");
    put(root, "the.patch", patch);
    const report = await reviewed(root, "--patch", "the.patch");
    expect(effectsIn(report)).toEqual(expected);
    expect(report).toMatchObject({ base: "WORKTREE", head: "PATCH" });
    const { out } = await bridgemod(root, ["review", "--format", "json", "--patch", "-"], patch);
    expect(JSON.parse(out)).toEqual(report);
  });

  it("is a patch that makes, moves and removes files", async () => {
    const root = labRepository();
    git(root, "mv", "recipes/fast.py", "recipes/quick é.py");
    put(root, "recipes/new.py", textOf(root, "recipes/small.py").replace("tiny", "wee"));
    git(root, "rm", "-q", "recipes/small.py");
    git(root, "add", "-A");
    const patch = git(root, "diff", "--cached", "-M", "--no-ext-diff");
    git(root, "reset", "-q", "--hard");
    const { out } = await bridgemod(root, ["review", "--format", "json", "--patch", "-"], patch);
    const report = JSON.parse(out) as ReviewReport;
    expect(report.recipes.map(({ status, file }) => [status, file])).toEqual([
      ["renamed", "recipes/new.py"],
      ["renamed", "recipes/new.py"],
      ["renamed", "recipes/quick é.py"],
    ]);
  });

  it("is the whole repository, from wherever it is asked", async () => {
    const root = labRepository({ "docs/x": "" });
    edit(root, "recipes/base.py", ["micro_batch_size = 1", "micro_batch_size = 4"]);
    const report = await reviewed(`${root}/docs`);
    expect(report.recipes.map(({ file }) => file)).toEqual(["../recipes/small.py", "../recipes/small.py"]);
  });
});

describe("what comes out", () => {
  it("is a table that a reviewer reads", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", ["micro_batch_size = 1", "micro_batch_size = 4"]);
    put(
      root,
      "recipes/fast.py",
      textOf(root, "recipes/fast.py").replace("    return", "    cfg.model.bf16 = False\n    return"),
    );
    const { out, err, code } = await bridgemod(root, ["review"]);
    expect(code).toBe(0);
    expect(`${out}---\n${err}`).toMatchInlineSnapshot(`
      "2 recipes change the batch size; 2 in a way that the recipe's own diff does not say; 1 new finding

      recipes.small.small_config  recipes/small.py:6
      recipes.small.tiny_config  recipes/small.py:12
           knob                    before  after  decided by
        !  train.micro_batch_size  1       4      recipes/base.py:14

      new findings
        recipes/fast.py:10  warning  move-precision-knobs/dead-precision-knob
            model.bf16 = False has no effect: mixed_precision.setup() overwrites it with True. Write it on mixed_precision to make it count (--intent honor), or delete it (--intent preserve).

      ! no changed line of the recipe's own file says so
      ---
      Bridge 0.6.2 (from pyproject.toml)
      Comparing main with the working tree
      2 recipes changed, 0 added, 0 removed, 0 renamed, 0 tidied only; 1 new finding, 0 gone; 0 files skipped
      "
    `);
  });

  it("is the same bytes each time", async () => {
    const root = labRepository();
    await bridgemod(root, ["migrate", "--allow-dirty", "recipes"]);
    const runs = [[], ["--format", "json"], ["--jobs", "2", "--format", "json"]].map((argv) =>
      Promise.all([1, 2].map(async () => (await bridgemod(root, ["review", ...argv])).out)),
    );
    const [text, json, jobs] = await Promise.all(runs);
    expect(text?.[0]).toBe(text?.[1]);
    expect(new Set([...(json ?? []), ...(jobs ?? [])]).size).toBe(1);
    expect(json?.[0]).not.toContain(root);
  });

  it.each([
    ["nothing", [], 0],
    ["what the diff asks for", ["--fail-on", "requested"], 1],
    ["what it does not ask for", ["--fail-on", "activated"], 0],
    ["new findings", ["--fail-on", "new-findings"], 1],
    ["anything", ["--fail-on", "any"], 1],
    ["any of several", ["--fail-on", "activated,new-findings"], 1],
  ])("fails on %s", async (_, argv, expected) => {
    const root = labRepository();
    edit(root, "recipes/fast.py", [
      "grad_reduce_in_fp32 = False\n",
      "grad_reduce_in_fp32 = False\n    cfg.train.global_batch_size = 512\n    cfg.model.bf16 = False\n",
    ]);
    for (const format of ["text", "json"]) {
      expect((await bridgemod(root, ["review", "--format", format, ...argv])).code).toBe(expected);
    }
  });

  it("fails on what no line of the diff asks for", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", ["micro_batch_size = 1", "micro_batch_size = 4"]);
    expect((await bridgemod(root, ["review", "--fail-on", "activated"])).code).toBe(1);
    expect((await bridgemod(root, ["review", "--fail-on", "requested"])).code).toBe(0);
  });

  it("passes tidying whatever it shall fail on", async () => {
    const root = labRepository();
    await bridgemod(root, ["migrate", "--intent", "preserve", "recipes"]);
    const all = ["activated", "requested", "new-findings", "any"].flatMap((one) => ["--fail-on", one]);
    expect((await bridgemod(root, ["review", ...all])).code).toBe(0);
  });
});
