import { describe, expect, it } from "vitest";
import { explain, run } from "../../src/engine.ts";
import type { ExplainReport, KnobReport } from "../../src/outcome.ts";
import type { Policy } from "../../src/policy.ts";
import { oneFile } from "./one-file.ts";

const policy: Policy = {
  intent: "honor",
  onlyPreserving: false,
  allowUnproven: false,
  scenarios: { worldSize: [8], gpu: null, te: true },
};

function explained(text: string, version: string): Promise<ExplainReport> {
  return explain(oneFile(text, version), [{ path: "a.py", function: null }], policy);
}

/** The knobs of a recipe that does nothing but call Bridge's own. */
async function knobsOf(call: string, version = "0.2.0"): Promise<Record<string, KnobReport>> {
  const text = `from megatron.bridge.recipes.llama.llama3 import llama3_8b_pretrain_config, llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer
from settings import load_settings


def my_config() -> ConfigContainer:
    return ${call}
`;
  const [recipe] = (await explained(text, version)).recipes;
  return recipe?.knobs ?? {};
}

const declared = (knobs: Record<string, KnobReport>, name: string) => knobs[name]?.declared;

describe("recipes of Bridge without its source", () => {
  it("have the values that their defaults lead to", async () => {
    const knobs = await knobsOf("llama3_70b_pretrain_config()");
    expect(declared(knobs, "model.tensor_model_parallel_size")).toBe(4);
    expect(declared(knobs, "comm_overlap.tp_comm_overlap")).toBe(true);
  });

  it("have what a keyword sets", async () => {
    const knobs = await knobsOf(
      'llama3_8b_pretrain_config(tensor_model_parallel_size=2, precision_config="fp16_mixed")',
    );
    expect(declared(knobs, "model.tensor_model_parallel_size")).toBe(2);
    expect(knobs["ddp.grad_reduce_in_fp32"]).toMatchObject({ declared: true, effective: false });
    expect(declared(knobs, "model.context_parallel_size")).toBe(2);
  });

  it("have what an object passed to them says, before and after", async () => {
    const overlap = "CommOverlapConfig(tp_comm_overlap=False, bucket_size=7)";
    const knobs = await knobsOf(`llama3_8b_pretrain_config(comm_overlap_config=${overlap})`);
    expect(declared(knobs, "comm_overlap.bucket_size")).toBe(7);
  });

  it("are unknown where a keyword decides something that it does not set, and nowhere else", async () => {
    const knobs = await knobsOf("llama3_8b_pretrain_config(account_for_loss_in_pipeline_split=True)");
    expect(declared(knobs, "ddp.use_distributed_optimizer")).toBe(true);
    expect(declared(knobs, "train.global_batch_size")).toBe(512);
  });

  it("are unknown in all that an unknown ** may reach, and nowhere else", async () => {
    const knobs = await knobsOf("llama3_8b_pretrain_config(**load_settings())");
    expect(declared(knobs, "model.tensor_model_parallel_size")).toHaveProperty("unknown");
    expect(declared(knobs, "ddp.use_distributed_optimizer")).toBe(true);
  });

  it("are unknown throughout after a keyword that the catalog has never seen", async () => {
    const knobs = await knobsOf("llama3_8b_pretrain_config(no_such_keyword=1)");
    expect(declared(knobs, "ddp.grad_reduce_in_fp32")).toHaveProperty("unknown");
  });

  it("are said to come from the catalog", async () => {
    const called = await explained(
      "from megatron.bridge.recipes.llama import llama3_8b_pretrain_config\n\ndef a_config():\n    return llama3_8b_pretrain_config()\n",
      "0.6.2",
    );
    expect(called.recipes).toHaveLength(1);
    expect(called.bridge.recipesFromCatalog).toBe(true);
    const alone = await explained(
      "from megatron.bridge.training.config import ConfigContainer\n\ndef a_config(cfg: ConfigContainer):\n    cfg.ddp.bucket_size = 1\n",
      "0.6.2",
    );
    expect(alone.bridge.recipesFromCatalog).toBeUndefined();
  });
});

describe("a script that takes overrides from the command line", () => {
  const script = (then: string) => `import dataclasses
from megatron.bridge.recipes.llama.llama3 import llama3_8b_pretrain_config
from megatron.bridge.training.pretrain import pretrain
from megatron.bridge.training.utils.omegaconf_utils import apply_overrides, create_omegaconf_dict_config

cfg = llama3_8b_pretrain_config()
assert dataclasses.is_dataclass(cfg)
merged, excluded = create_omegaconf_dict_config(cfg)
${then}
pretrain(cfg, None)
`;
  const tensorParallel = async (then: string) => {
    const { recipes } = await explained(script(then), "0.4.2");
    return recipes[0]?.knobs["model.tensor_model_parallel_size"]?.effective;
  };

  it("keeps what the recipe says while the configuration is only read", async () => {
    expect(await tensorParallel("cfg.model.tensor_model_parallel_size = 4")).toBe(4);
  });

  it("is unknown once the overrides have been applied", async () => {
    expect(await tensorParallel("apply_overrides(cfg, merged, excluded)")).toHaveProperty("unknown");
  });
});

describe("a recipe with more ways than are tried", () => {
  const text = `from megatron.bridge.recipes.llama.llama3 import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from lab import ask

def many_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    if ask("stop"):
        raise ValueError("stopped")
${[..."abcdef"].map((name) => `    if ask("${name}"):\n        cfg.train.train_iters = 1\n        ask("${name}${name}")`).join("\n")}
    if ask("last"):
        cfg.mixed_precision = None
        ask("end")
    cfg.ddp.grad_reduce_in_fp32 = True
    return cfg
`;

  it("is listed, and nothing certain is said of it", async () => {
    const { recipes } = await explained(text, "0.4.2");
    expect(recipes).toMatchObject([{ function: "many_config", findings: [] }]);
    expect(recipes[0]?.knobs["ddp.grad_reduce_in_fp32"]?.effective).toHaveProperty("unknown");
  });

  it("is looked at in ways that differ in the last condition, too", async () => {
    const input = oneFile(text, "0.4.2");
    const report = await run(input, ["move-precision-knobs"], policy);
    const messages = report.files.flatMap(({ remaining }) => remaining.map(({ message }) => message));
    expect(messages.join()).toMatch(/as far as a\.many_config could be followed/);
    expect(messages.join()).not.toMatch(/mixed_precision is None here, so/);
    expect(report.files.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
