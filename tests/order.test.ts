import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../src/bridge/catalog.ts";
import type { NamedCodemod } from "../src/codemod.ts";
import { migrate } from "../src/migrate.ts";
import type { FileOutcome } from "../src/outcome.ts";
import { openProject } from "../src/project.ts";
import { loadPythonParser } from "../src/python/parser.ts";
import { readCodemods } from "../src/workspace/codemod-folders.ts";
import { defaultPolicy, inputOf } from "./memory-run.ts";

// All sets together, in any order: `run()` would sort them, so `migrate` gets them as they come.

const parser = await loadPythonParser();
const catalog = await loadCatalog("0.6.2");
const every = (await readCodemods()).map(({ name, codemod }) => ({ ...codemod, name }));

const HEAD = `import os

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.recipes.qwen import qwen3_8b_sft_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer
from megatron.core.distributed import DistributedDataParallelConfig


def own_64gpu_h100_bf16_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
`;

interface Example {
  readonly name: string;
  readonly lines: readonly string[];
  /** Those whose fixes meet in it. */
  readonly mended: readonly string[];
}

const EXAMPLES: readonly Example[] = [
  {
    name: "one constructor call with keywords of precision, of overlap, and some said again",
    lines: [
      "cfg.ddp = DistributedDataParallelConfig(",
      "    grad_reduce_in_fp32=False, overlap_grad_reduce=False, bucket_size=40_000_000, use_distributed_optimizer=True",
      ")",
      "cfg.ddp.grad_reduce_in_fp32 = False; cfg.ddp.overlap_param_gather = False",
      "cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, overlap_grad_reduce=False, wgrad_deferral_limit=22)",
    ],
    mended: ["attach-userbuffers", "move-precision-knobs", "remove-dead-knobs", "repair-comm-overlap"],
  },
  {
    name: "one constructor call that raises, with settings of the launch and a limit that limits nothing",
    lines: [
      "cfg.ddp.grad_reduce_in_fp32 = False",
      "cfg.comm_overlap = CommOverlapConfig(wgrad_deferral_limit=22, cuda_device_max_connections=1)",
      "cfg.ddp.overlap_grad_reduce = False",
    ],
    mended: [
      "attach-userbuffers",
      "move-launch-env",
      "move-precision-knobs",
      "remove-dead-knobs",
      "repair-comm-overlap",
    ],
  },
  {
    name: "statements of several kinds on one line, and fields of None",
    lines: [
      'os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "1"; cfg.comm_overlap = None; cfg.model.pipeline_dtype = None',
      "cfg.model.tp_comm_overlap = True; cfg.ddp.overlap_grad_reduce = True",
      "cfg.comm_overlap.overlap_grad_reduce = True; cfg.ddp.grad_reduce_in_fp32 = False",
    ],
    mended: [
      "attach-userbuffers",
      "move-launch-env",
      "move-precision-knobs",
      "remove-dead-knobs",
      "repair-comm-overlap",
    ],
  },
  {
    name: "overlap that a preset fits",
    lines: [
      "cfg.model.context_parallel_size = 1; cfg.ddp.grad_reduce_in_fp32 = False; cfg.ddp.bucket_size = 40_000_000",
      "cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, wgrad_deferral_limit=22)",
    ],
    mended: ["attach-userbuffers", "move-precision-knobs", "remove-dead-knobs", "repair-comm-overlap"],
  },
  {
    name: "a layout that allows overlap, beside knobs that are dead",
    lines: [
      "cfg = qwen3_8b_sft_config()",
      "cfg.model.tensor_model_parallel_size = 4; cfg.model.sequence_parallel = True; cfg.model.pipeline_dtype = None",
      "cfg.ddp.grad_reduce_in_fp32 = False; cfg.optimizer.use_distributed_optimizer = True",
      'os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "1"',
    ],
    mended: [
      "enable-comm-overlap",
      "move-launch-env",
      "move-precision-knobs",
      "remove-dead-knobs",
      "repair-comm-overlap",
    ],
  },
  {
    name: "findings of two codemods about one statement",
    lines: [
      "cfg.ddp.use_distributed_optimizer = False; cfg.optimizer.use_distributed_optimizer = False",
      "cfg.ddp.overlap_grad_reduce = True; cfg.ddp.grad_reduce_in_fp32 = False; cfg.model.pipeline_dtype = None",
      "cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, overlap_grad_reduce=True)",
    ],
    mended: ["move-precision-knobs", "remove-dead-knobs"],
  },
];

async function outcomeOf(text: string, codemods: readonly NamedCodemod[]): Promise<FileOutcome> {
  const { files } = await migrate(openProject(inputOf({ "a.py": text }), parser), {
    codemods,
    catalog,
    comments: { known: [], nearest: () => null },
    policy: defaultPolicy,
    onProgress: () => Promise.resolve(),
  });
  const [file] = files;
  if (!file) throw new Error("no outcome");
  return file;
}

/** What is told of a file. */
function told({ outcome, after, fixes, remaining }: FileOutcome) {
  const findings = [...fixes, ...remaining].map(({ codemod, rule, line }) => `${codemod}/${rule} ${line}`);
  return { outcome, after, findings };
}

describe.each(EXAMPLES)("$name", ({ lines, mended }) => {
  const text = [HEAD, ...lines.map((line) => `    ${line}\n`), "    return cfg\n"].join("");

  it("holds work for several codemods, which one run does", async () => {
    const first = await outcomeOf(text, every);
    expect([...new Set(first.fixes.map(({ codemod }) => codemod))].sort()).toEqual(mended);
    const second = await outcomeOf(first.after, every);
    expect(second).toMatchObject({ outcome: "unchanged", after: first.after });
  });

  it("comes out the same in any order of codemods", async () => {
    const expected = told(await outcomeOf(text, every));
    const orders = fc.shuffledSubarray(every, { minLength: every.length });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(told(await outcomeOf(text, order))).toEqual(expected);
      }),
      { numRuns: 25, examples: [[every.toReversed()]] },
    );
  });
});
