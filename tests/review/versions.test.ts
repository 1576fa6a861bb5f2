import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, vi } from "vitest";
import type { RecipeReview, ReviewReport } from "../../src/outcome.ts";
import { git, put, textOf, type Tree } from "../workspace/temp-tree.ts";
import { bridgemod, commit, lab, labRepository } from "./repository.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

const validate = new Ajv2020().compile(JSON.parse(readFileSync("schema/review-1.json", "utf8")) as object);

const UP = "Bridge 0.4.2 → 0.6.2";
const DOWN = "Bridge 0.6.2 → 0.4.2";

function lockOf(version: string): string {
  return `version = 1\n\n[[package]]\nname = "megatron-bridge"\nversion = "${version}"\nsource = { registry = "https://pypi.org/simple" }\n`;
}

function projectOf(requirement: string): string {
  return `[project]\nname = "lab"\ndependencies = ["megatron-bridge${requirement}"]\n`;
}

const moe = `from megatron.bridge.recipes.qwen.qwen3_moe import qwen3_30b_a3b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def moe_config() -> ConfigContainer:
    cfg = qwen3_30b_a3b_pretrain_config()
    cfg.train.micro_batch_size = 2
    return cfg
`;

const tune = `from megatron.bridge.recipes.utils.finetune_utils import default_peft_config
from megatron.bridge.training.config import ConfigContainer

from recipes.base import lab_config


def tune_config() -> ConfigContainer:
    cfg = lab_config()
    cfg.peft = default_peft_config("lora")
    return cfg
`;

/** A repository whose lock file asks for one version at \`main\` and, in the working tree, for another. */
function bumped(from: string, to: string, files: Tree = {}): string {
  const root = labRepository({
    "pyproject.toml": projectOf(">=0.4"),
    "uv.lock": lockOf(from),
    "recipes/moe.py": moe,
    ...files,
  });
  put(root, "uv.lock", lockOf(to));
  return root;
}

async function reviewed(root: string, argv: readonly string[] = [], stdin = ""): Promise<ReviewReport> {
  const { code, out, err } = await bridgemod(root, ["review", "--format", "json", ...argv], stdin);
  expect({ code, error: /^error.*/m.exec(err)?.[0] }).toEqual({ code: 0, error: undefined });
  const report: unknown = JSON.parse(out);
  expect(validate(report) ? [] : validate.errors).toEqual([]);
  return report as ReviewReport;
}

function recipeIn({ recipes }: ReviewReport, name: string): RecipeReview {
  const found = recipes.find(({ recipe }) => recipe === name);
  if (!found) throw new Error(`${name} is not among ${recipes.map(({ recipe }) => recipe).join(", ")}`);
  return found;
}

/** \`knob before after cause\` of a recipe's effects on the knobs that match. */
function effectsOf(report: ReviewReport, name: string, knobs = /./): unknown[] {
  return recipeIn(report, name)
    .effects.filter(({ knob }) => knobs.test(knob))
    .map(({ knob, before, after, cause, expected }) => [
      knob,
      before,
      after,
      cause ?? `diff ${String(expected)}`,
    ]);
}

const LAYOUT = /^model\.(tensor|pipeline|expert)_model_parallel_size$/;

describe("a lock file that asks for another Bridge", () => {
  it("changes recipes of which no line changed", async () => {
    const report = await reviewed(bumped("0.4.2", "0.6.2"));
    expect(report).toMatchObject({
      bridge: { version: "0.6.2", from: "uv.lock" },
      bridgeBefore: { version: "0.4.2", from: "uv.lock" },
      shift: { cause: UP, isInDiff: false, recipes: 5, untold: [] },
    });
    expect(report.recipes.map(({ status }) => status)).toEqual(Array(5).fill("changed"));
    expect(effectsOf(report, "recipes.moe.moe_config", LAYOUT)).toEqual([
      ["model.expert_model_parallel_size", 4, 16, UP],
      ["model.pipeline_model_parallel_size", 2, 1, UP],
      ["model.tensor_model_parallel_size", 4, 1, UP],
    ]);
    expect(report.risk).toMatch(/^Bridge 0\.4\.2 → 0\.6\.2 by itself changes 5 of 5 recipes; /);
    expect(report.risk).not.toContain("diff does not say");
  });

  it("changes them back when it asks for the older one", async () => {
    const report = await reviewed(bumped("0.6.2", "0.4.2"));
    expect(report.shift).toMatchObject({ cause: DOWN });
    expect(effectsOf(report, "recipes.moe.moe_config", LAYOUT)).toEqual([
      ["model.expert_model_parallel_size", 16, 4, DOWN],
      ["model.pipeline_model_parallel_size", 1, 2, DOWN],
      ["model.tensor_model_parallel_size", 1, 4, DOWN],
    ]);
  });

  it.each([
    ["0.4.2", "0.6.2"],
    ["0.6.2", "0.4.2"],
    ["0.5.1", "0.6.0"],
  ])("says of %s and %s what explain says of each", async (from, to) => {
    const root = bumped(from, to);
    const report = await reviewed(root);
    const explained = await Promise.all([from, to].map((version) => valuesIn(root, version)));
    const [before, after] = explained;
    let compared = 0;
    for (const { recipe, effects } of report.recipes) {
      for (const effect of effects.filter(({ scenario }) => scenario === undefined)) {
        const [old, now] = [before?.get(`${recipe} ${effect.knob}`), after?.get(`${recipe} ${effect.knob}`)];
        if (old !== undefined) expect([effect.knob, effect.before]).toEqual([effect.knob, old]);
        if (now !== undefined) expect([effect.knob, effect.after]).toEqual([effect.knob, now]);
        if (old !== undefined || now !== undefined) compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(10);
    const told = new Set(
      report.recipes.flatMap(({ recipe, effects }) => effects.map(({ knob }) => `${recipe} ${knob}`)),
    );
    const known = (value: unknown) => !/"(?:unknown|absent)"/.test(JSON.stringify(value ?? { absent: true }));
    const missed = [...(before ?? [])].filter(([key, value]) => {
      const now = after?.get(key);
      const isInput = /^\S+ (?:mixed_precision|comm_overlap)\b/.test(key);
      const differs = known(value) && known(now) && JSON.stringify(value) !== JSON.stringify(now);
      return differs && !isInput && !told.has(key);
    });
    // What nobody reads with the overlap off is no effect.
    expect(missed.map(([key]) => key).filter((key) => !key.endsWith("wgrad_deferral_limit"))).toEqual([]);
  });

  it("breaks imports, which are findings of every recipe behind them", async () => {
    const root = bumped("0.4.2", "0.6.2", {
      "recipes/tune.py": tune,
      "recipes/late.py": String(lab["recipes/fast.py"])
        .replace("recipes.base import lab_config", "recipes.tune import tune_config")
        .replace("= lab_config", "= tune_config")
        .replace("fast_config", "late_config"),
    });
    const report = await reviewed(root);
    for (const name of ["recipes.tune.tune_config", "recipes.late.late_config"]) {
      expect(recipeIn(report, name)).toMatchObject({ status: "changed" });
      expect(
        recipeIn(report, name).findings.new.filter(({ codemod }) => codemod === "bridge"),
      ).toContainEqual(
        expect.objectContaining({ rule: "import-moved", file: "recipes/tune.py", line: 1, cause: UP }),
      );
    }
    expect(report.risk).toContain("; 2 recipes cannot be imported any more; ");
    const { out } = await bridgemod(root, ["review", "--quiet"]);
    expect(out.match(/bridge\/import-moved/g)).toHaveLength(1);
    const mended = bumped("0.6.2", "0.4.2", { "recipes/tune.py": tune });
    expect(recipeIn(await reviewed(mended), "recipes.tune.tune_config").findings.gone).toContainEqual(
      expect.objectContaining({ rule: "import-moved", cause: DOWN }),
    );
  });

  it("says what of one version alone is nothing to look at, and of which recipe nothing can be told", async () => {
    const perf = `from megatron.bridge.perf_recipes.llama.gb200.llama3 import llama3_8b_pretrain_8gpu_gb200_bf16_config as made
from megatron.bridge.training.config import ConfigContainer


def perf_config() -> ConfigContainer:
    return made()
`;
    const report = await reviewed(bumped("0.6.2", "0.4.2", { "recipes/perf.py": perf }));
    expect(report.shift).toMatchObject({ untold: ["recipes.perf.perf_config"], recipes: 6 });
    expect(report.risk).toContain("by itself changes 5 of 6 recipes; nothing can be told of 1 recipe; ");
    expect(report.skipped).toEqual([
      {
        file: "recipes/perf.py",
        reason: expect.stringMatching(
          /^recipes\.perf\.perf_config cannot be told with Bridge 0\.4\.2: it ends /,
        ),
      },
    ]);
    const bare = JSON.parse(
      (await bridgemod(bumped("0.4.2", "0.6.2"), ["review", "--format", "json"])).out,
    ) as { shift: { fieldsAtDefault: string[] }; recipes: RecipeReview[] };
    expect(bare.shift.fieldsAtDefault).toContain("ddp.num_buckets");
    const told = bare.recipes.flatMap(({ effects }) => effects.map(({ knob }) => knob));
    expect(bare.shift.fieldsAtDefault.filter((knob) => told.includes(knob))).toEqual([]);
  });

  it("finds defaults that nobody writes and that the other version has otherwise", async () => {
    const report = await reviewed(bumped("0.4.2", "0.6.2"));
    expect(effectsOf(report, "recipes.base.lab_config", /^model\.moe_deepep_num_sms$/)).toEqual([
      ["model.moe_deepep_num_sms", 20, null, UP],
    ]);
  });
});

async function valuesIn(root: string, version: string): Promise<ReadonlyMap<string, unknown>> {
  const { out } = await bridgemod(root, ["explain", "--format", "json", "--bridge", version, "recipes"]);
  const { recipes } = JSON.parse(out) as {
    recipes: { module: string; function: string; knobs: Record<string, { effective: unknown }> }[];
  };
  return new Map(
    recipes.flatMap(({ module, function: name, knobs }) =>
      Object.entries(knobs).map(([knob, { effective }]) => [`${module}.${name} ${knob}`, effective] as const),
    ),
  );
}

describe("a change that asks for another Bridge and edits recipes, too", () => {
  it("tells apart what each does", async () => {
    const root = bumped("0.4.2", "0.6.2");
    put(root, "recipes/moe.py", moe.replace("micro_batch_size = 2", "micro_batch_size = 4"));
    put(
      root,
      "recipes/base.py",
      textOf(root, "recipes/base.py").replace("micro_batch_size = 1", "micro_batch_size = 3"),
    );
    const report = await reviewed(root);
    expect(effectsOf(report, "recipes.moe.moe_config", /micro_batch_size|tensor_model/)).toEqual([
      ["model.tensor_model_parallel_size", 4, 1, UP],
      ["train.micro_batch_size", 2, 4, "diff true"],
    ]);
    expect(effectsOf(report, "recipes.small.small_config", /batch_size/)).toEqual([
      ["train.micro_batch_size", 1, 3, "diff false"],
    ]);
    expect(report.risk).toContain("; 2 in a way that the recipe's own diff does not say");
    const { out } = await bridgemod(root, ["review", "--quiet"]);
    const [alone = "", diff = ""] = out.split("What the diff changes\n");
    expect(alone).toContain(`What ${UP} changes by itself\n`);
    expect(alone).not.toContain("micro_batch_size");
    expect(diff).not.toContain("tensor_model_parallel_size");
    expect(diff).toMatch(/^ {2}! {2}train\.micro_batch_size {2}1 {7}3 {6}recipes\/base\.py:14$/m);
  });

  it("does not blame Bridge for a line that undoes what it does", async () => {
    const root = bumped("0.4.2", "0.6.2");
    put(
      root,
      "recipes/moe.py",
      moe.replace("    return", "    cfg.model.tensor_model_parallel_size = 4\n    return"),
    );
    const report = await reviewed(root);
    expect(effectsOf(report, "recipes.moe.moe_config", /^model\.tensor_model_parallel_size$/)).toEqual([]);
    put(
      root,
      "recipes/moe.py",
      moe.replace("    return", "    cfg.model.tensor_model_parallel_size = 2\n    return"),
    );
    expect(
      effectsOf(await reviewed(root), "recipes.moe.moe_config", /^model\.tensor_model_parallel_size$/),
    ).toEqual([["model.tensor_model_parallel_size", 4, 2, "diff true"]]);
  });
});

describe("where the version is asked for", () => {
  const shifts: Record<string, [Tree, Tree]> = {
    "pyproject.toml": [
      { "pyproject.toml": projectOf(">=0.4,<0.5") },
      { "pyproject.toml": projectOf(">=0.6,<0.7") },
    ],
    "requirements-gpu.txt": [
      { "pyproject.toml": "", "requirements-gpu.txt": "torch\nmegatron-bridge==0.4.2\n" },
      { "requirements-gpu.txt": "torch\nmegatron-bridge==0.6.2\n" },
    ],
    "a lock file that is new": [{ "pyproject.toml": projectOf("==0.4.2") }, { "uv.lock": lockOf("0.6.2") }],
    "the configuration": [
      { "bridgemod.toml": 'bridge = "0.4.2"\n' },
      { "bridgemod.toml": 'bridge = "0.6.2"\n' },
    ],
  };

  it.each(Object.entries(shifts))("is %s", async (_, [before, after]) => {
    const root = labRepository({ "recipes/moe.py": moe, ...before });
    for (const [path, text] of Object.entries(after)) put(root, path, text);
    const expected = await reviewed(root);
    expect(expected.shift).toMatchObject({ cause: UP });
    git(root, "add", "-A");
    const patch = git(root, "diff", "--cached");
    const staged = await reviewed(root, ["--staged"]);
    expect(staged.recipes).toEqual(expected.recipes);
    commit(root);
    expect((await reviewed(root, ["main..work"])).recipes).toEqual(expected.recipes);
    expect((await reviewed(root, ["work..main"])).shift).toMatchObject({ cause: DOWN });
    git(root, "checkout", "-q", "main");
    const patched = await reviewed(root, ["--patch", "-"], patch);
    expect(patched.recipes).toEqual(expected.recipes);
    expect(patched).toMatchObject({ bridge: { version: "0.6.2" }, bridgeBefore: { version: "0.4.2" } });
  });

  it("is one for both sides where --bridge or the configuration says so", async () => {
    const root = bumped("0.4.2", "0.6.2");
    expect(await reviewed(root, ["--bridge", "0.5.1"])).toMatchObject({
      bridge: { version: "0.5.1", from: "--bridge" },
      recipes: [],
      risk: "nothing that runs changes",
    });
    put(root, "bridgemod.toml", 'bridge = "0.5.1"\n');
    const fixed = await reviewed(root);
    expect(fixed).toMatchObject({ bridge: { version: "0.5.1" }, recipes: [] });
    expect(fixed.shift).toBeUndefined();
  });

  it("is no change where one side says nothing, and that is said", async () => {
    const root = labRepository({ "pyproject.toml": "" });
    put(root, "pyproject.toml", projectOf("==0.4.2"));
    const { out, err } = await bridgemod(root, ["review", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({ recipes: [], risk: "nothing that runs changes" });
    expect(err).toContain(
      "Bridge 0.4.2 (from pyproject.toml: nothing tells it before the change) before, 0.4.2 (from pyproject.toml) after\n",
    );
  });

  it("is said to be the nearest known where both sides ask for unknown ones", async () => {
    const { err } = await bridgemod(bumped("0.6.7", "0.6.8"), ["review"]);
    expect(err).toContain(
      "0.6.2 (from uv.lock: 0.6.7, nearest known 0.6.2) before, 0.6.2 (from uv.lock: 0.6.8,",
    );
  });

  it("is that of a lock file for both sides where git ignores it", async () => {
    const root = labRepository({ ".gitignore": "uv.lock\n", "pyproject.toml": projectOf(">=0.4") });
    put(root, "uv.lock", lockOf("0.4.2"));
    const report = await reviewed(root);
    expect(report).toMatchObject({ bridge: { version: "0.4.2", from: "uv.lock" }, recipes: [] });
    expect(report.bridgeBefore).toBeUndefined();
  });

  it("does not change the report where it stays", async () => {
    const root = bumped("0.4.2", "0.4.2");
    put(root, "recipes/moe.py", moe.replace("micro_batch_size = 2", "micro_batch_size = 4"));
    const report = await reviewed(root);
    expect(Object.keys(report)).toEqual(["schema", "bridge", "base", "head", "risk", "recipes", "skipped"]);
    expect(effectsOf(report, "recipes.moe.moe_config")).toEqual([
      ["train.micro_batch_size", 2, 4, "diff true"],
    ]);
  });
});

describe("what comes out", () => {
  const one = { "recipes/base.py": moe.replace("moe_config", "lab_config"), "recipes/moe.py": "" };

  it("names the versions first, in every format", async () => {
    const root = bumped("0.4.2", "0.6.2", { ...one, "recipes/fast.py": "", "recipes/small.py": "" });
    const { out } = await bridgemod(root, ["review", "--quiet"]);
    expect(out.split("\n").slice(0, 8).join("\n")).toMatchInlineSnapshot(`
      "Bridge 0.4.2 → 0.6.2 by itself changes 1 of 1 recipe; 1 recipe changes what gradients are reduced in, what parameters and activations are kept in, pipeline-parallel overlap, expert-parallel overlap, data-parallel overlap, the parallel layout, the batch size, the environment and other knobs; 1 new finding

      What Bridge 0.4.2 → 0.6.2 changes by itself

      recipes.base.lab_config  recipes/base.py:5
           knob                                           before         after                             decided by
           ddp.bucket_size                                None           134217728                         comm_overlap.setup: the default where DP > 1
           ddp.delay_wgrad_compute                        False          None                              comm_overlap.setup: comm_overlap.delay_wgrad_compute is not set"
    `);
    const formats = await Promise.all(
      ["markdown", "html", "sarif", "github", "rdjson"].map(async (format) => {
        return (await bridgemod(root, ["review", "--format", format])).out;
      }),
    );
    for (const text of formats) expect(text).toContain(UP);
    const [markdown = "", , sarif = "", github = ""] = formats;
    expect(markdown).toMatch(/^## Bridge 0\.4\.2 → 0\.6\.2 by itself changes 1 of 1 recipe; /);
    expect(markdown).toContain(`### What ${UP} changes by itself\n\n**In 1 recipe**`);
    expect(sarif).toContain('"ruleId": "review/changed-by-bridge"');
    expect(github).toContain("::warning file=recipes/base.py,line=5,title=review/changed-by-bridge::");
  });

  it("fails where it shall fail on what the diff does not ask for", async () => {
    const root = bumped("0.4.2", "0.6.2");
    expect((await bridgemod(root, ["review", "--fail-on", "activated"])).code).toBe(1);
    expect((await bridgemod(root, ["review", "--fail-on", "requested"])).code).toBe(0);
  });

  it("names what is the same for all recipes once", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [
        `recipes/copy${index}.py`,
        String(lab["recipes/fast.py"]).replace("fast_config", `copy${index}_config`),
      ]),
    );
    const { out } = await bridgemod(bumped("0.4.2", "0.6.2", many), ["review", "--quiet"]);
    expect(out).toContain("all 13 recipes\n");
    expect(out.match(/model\.moe_deepep_num_sms/g)).toHaveLength(1);
  });
});
