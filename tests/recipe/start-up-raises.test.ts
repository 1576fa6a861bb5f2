import { describe, expect, it } from "vitest";
import { explain } from "../../src/engine.ts";
import { explainText } from "../../src/report/explain-text.ts";
import { plainPalette } from "../../src/report/palette.ts";
import type { Policy } from "../../src/policy.ts";
import { oneFile } from "./one-file.ts";

const policy: Policy = {
  intent: "honor",
  onlyPreserving: false,
  allowUnproven: false,
  scenarios: { worldSize: [{ dp: 8 }], gpu: null, te: true },
};

const HEAD = `import dataclasses
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.recipes.qwen import qwen3_30b_a3b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer
from megatron.core.transformer.enums import CudaGraphScope


def healthy() -> ConfigContainer:
    return llama3_8b_pretrain_config()


def mine() -> ConfigContainer:
    cfg = qwen3_30b_a3b_pretrain_config()
`;

function explained(lines: readonly string[], version: string) {
  const text = `${HEAD}${lines.map((line) => `    ${line}\n`).join("")}    return cfg\n`;
  return explain(oneFile(text, version), [{ path: "a.py", function: null }], policy);
}

async function raised(lines: readonly string[], version = "0.6.2") {
  const { recipes } = await explained(lines, version);
  const [healthy, mine] = recipes;
  expect(Object.keys(healthy?.knobs ?? {}).length).toBeGreaterThan(50);
  const found = mine?.findings.filter(({ rule }) => rule === "start-up-raises") ?? [];
  return found.map(({ line, severity, message }) => `${line} ${severity} ${message}`);
}

const EXPERTS = [
  "cfg.model.expert_model_parallel_size = 4",
  "cfg.model.num_moe_experts = 8",
  "cfg.model.mtp_num_layers = None",
  "cfg.model.moe_shared_expert_overlap = False",
  "cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, overlap_moe_expert_parallel_comm=True)",
  "cfg.model.recompute_granularity = None",
  "cfg.model.recompute_method = None",
  "cfg.model.recompute_num_layers = None",
  "cfg.model.pipeline_model_parallel_size = 1",
  'cfg.model.moe_token_dispatcher_type = "alltoall"',
];
const AGAIN =
  "20 error AssertionError: disable moe in recompute_modules when enabling overlap_moe_expert_parallel_comm";
const CAPTURED =
  "AssertionError: CUDA graph with delay_wgrad_compute requires gradient_accumulation_fusion to be enabled.";

describe("what Bridge's start-up raises", () => {
  it("is a finding at the line of the section, and no end of the run", async () => {
    expect(await raised(['cfg.mixed_precision = "bf16_of_nobody"'])).toEqual([
      "15 error ValueError: Unknown mixed-precision recipe 'bf16_of_nobody'",
    ]);
  });

  it.each<[string, string[]]>([
    ['["layernorm", "moe"]', [AGAIN]],
    ["None", []],
    ['["moe_act"]', []],
    ["[os.environ['MODULES']]", []],
  ])("asks whether a list has an item: %s", async (modules, expected) => {
    expect(await raised(["import os", ...EXPERTS, `cfg.model.recompute_modules = ${modules}`])).toEqual(
      expected,
    );
  });

  it.each<[string, boolean]>([
    ["[CudaGraphScope.attn]", true],
    ["CudaGraphScope.attn", true],
    ['"mlp,attn"', true],
    ['["CudaGraphScope.attn"]', true],
    ["[CudaGraphScope.mlp]", false],
    ["None", false],
  ])("asks what CUDA graphs capture: %s", async (scope, isCaptured) => {
    const lines = [
      ...EXPERTS,
      "cfg.comm_overlap.delay_wgrad_compute = True",
      "cfg.model.gradient_accumulation_fusion = False",
      "cfg.model.moe_shared_expert_intermediate_size = None",
      `cfg.model.cuda_graph_scope = ${scope}`,
    ];
    expect(await raised(lines, "0.4.2")).toEqual(isCaptured ? [`19 error ${CAPTURED}`] : []);
  });

  it("is one of two things where a condition decides which", async () => {
    const [found] = await raised([
      "import os",
      'cfg.model.expert_model_parallel_size = int(os.environ["EP"])',
      "cfg.model.num_moe_experts = 1",
      "cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, overlap_moe_expert_parallel_comm=True)",
    ]);
    expect(found).toMatch(/num_moe_experts > 1; or AssertionError: .* expert_model_parallel_size > 1$/);
  });

  it("counts what dataclasses.replace makes of Megatron-Core's own class", async () => {
    const { unexplained = [] } = await explained(
      ["cfg.ddp = dataclasses.replace(cfg.ddp, reuse_grad_buf_for_mxfp8_param_ag=True)"],
      "0.6.2",
    );
    expect(unexplained.map(({ reason }) => reason)).toEqual([
      "it raises AssertionError: Reuse grad buffer only when keeping params in MXFP8. (a.py:15)",
    ]);
  });

  it("stands for the table in the text", async () => {
    const report = await explained(['cfg.mixed_precision = "bf16_of_nobody"'], "0.6.2");
    for (const shown of ["interest", "surprises"] as const) {
      const text = explainText({ ...report }, { palette: plainPalette, shown });
      expect(text).toContain("line 15  error  bridge/start-up-raises: ValueError: Unknown mixed-precision");
      expect(text.split("a.mine")[1]).not.toContain("nothing");
    }
  });
});
