import type {
  AppliedFix,
  Effect,
  ExplainReport,
  FileOutcome,
  ReviewFinding,
  ReviewReport,
  RunReport,
} from "../../src/outcome.ts";

const scenario = { worldSize: 8, dp: 1, gpu: "h100", te: true };

function effectIn(recipe: string): Effect {
  return { recipe, knob: "ddp.grad_reduce_in_fp32", before: true, after: false };
}

const fix: AppliedFix = {
  codemod: "move-precision-knobs",
  rule: "dead-write",
  line: 40,
  message: "ddp.grad_reduce_in_fp32 = False has no effect: mixed_precision sets it.\nWrite it there.",
  verdict: "requested",
  severity: "warning",
  span: { start: 0, end: 6 },
  edits: [{ start: 0, end: 0, text: "new " }],
  effects: [
    ...["a", "b", "c", "d", "e"].map((name) => effectIn(`recipes.a.${name}_config`)),
    { ...effectIn("recipes.a.a_config"), after: { unknown: "not args.fast" }, scenario },
  ],
};

const empty = { reason: null, fixes: [], remaining: [], before: "", after: "" };

export const sampleRun: RunReport = {
  bridge: { version: "0.6.2", from: "uv.lock" },
  files: [
    {
      ...empty,
      path: "recipes/a.py",
      outcome: "changed",
      fixes: [fix],
      remaining: [
        {
          codemod: "move-precision-knobs",
          rule: "disagree",
          line: 51,
          severity: "warning",
          message: "Two.",
          span: { start: 7, end: 11 },
          spanAfter: { start: 11, end: 15 },
        },
      ],
      before: "secret text",
      after: "new secret text",
    },
    { ...empty, path: "recipes/b.py", outcome: "unchanged" },
    { ...empty, path: "recipes/c.py", outcome: "skipped", reason: "a symbolic link that leaves the project" },
    { ...empty, path: "recipes/d.py", outcome: "failed", reason: "line 2: not UTF-8" },
  ] satisfies FileOutcome[],
};

export const sampleExplain: ExplainReport = {
  bridge: { version: "0.6.2", from: "uv.lock" },
  recipes: [
    {
      file: "recipes/a.py",
      module: "recipes.a",
      function: "a_config",
      line: 12,
      scenario: { worldSize: 64, dp: 8, gpu: null, te: true },
      knobs: {
        mixed_precision: {
          declared: { object: "MixedPrecisionConfig" },
          effective: { object: "MixedPrecisionConfig" },
          writers: [{ file: "recipes/base.py", line: 3, value: "bf16_mixed" }],
          decidedBy: "recipes/base.py:3",
          steps: [],
        },
        "ddp.grad_reduce_in_fp32": {
          declared: false,
          effective: true,
          writers: [{ file: "recipes/a.py", line: 40, value: false }],
          decidedBy: "mixed_precision.setup",
          steps: [{ by: "mixed_precision.setup", value: true, why: null }],
        },
        "ddp.use_megatron_fsdp": {
          declared: false,
          effective: false,
          writers: [],
          decidedBy: "default",
          steps: [],
        },
        "model.params_dtype": {
          declared: { oneOf: ["torch.bfloat16", { unknown: "parameter dtype" }] },
          effective: "torch.bfloat16",
          writers: [],
          decidedBy: "recipes/a.py:41",
          steps: [],
        },
        "env_vars.CUDA_DEVICE_MAX_CONNECTIONS": {
          declared: { absent: true },
          effective: { absent: true },
          writers: [],
          decidedBy: "default",
          steps: [],
        },
      },
      findings: [{ codemod: "x", rule: "y", severity: "warning", line: 40, message: "no effect" }],
    },
  ],
  unexplained: [
    {
      file: "recipes/a.py",
      module: "recipes.a",
      function: "b_config",
      line: 60,
      reason: "it ends with plugin.make(), of which nothing can be told",
    },
  ],
  skipped: [{ file: "recipes/d.py", reason: "line 2: not UTF-8" }],
};

const deadWrite: ReviewFinding = {
  codemod: "move-precision-knobs",
  rule: "dead-precision-knob",
  severity: "warning",
  file: "recipes/a.py",
  line: 40,
  message: "ddp.grad_reduce_in_fp32 = False has no effect: mixed_precision sets it.",
};

const nothing = { effects: [], findings: { new: [], gone: [] } };

export const sampleReview: ReviewReport = {
  bridge: { version: "0.6.2", from: "uv.lock" },
  base: "main",
  head: "WORKTREE",
  risk: "1 recipe changes what gradients are reduced in; 1 is tidied only",
  recipes: [
    {
      recipe: "recipes.a.a_config",
      file: "recipes/a.py",
      line: 12,
      status: "changed",
      effects: [
        {
          knob: "ddp.grad_reduce_in_fp32",
          before: true,
          after: false,
          decidedBy: "recipes/base.py:31",
          expected: false,
        },
        {
          knob: "ddp.overlap_grad_reduce",
          before: true,
          after: false,
          decidedBy: "comm_overlap.setup",
          why: "the default where DP = 1",
          expected: true,
          scenario,
        },
      ],
      otherwise: [{ knob: "train.global_batch_size", expected: true }],
      findings: { new: [], gone: [deadWrite] },
    },
    { ...nothing, recipe: "recipes.a.b_config", file: "recipes/a.py", line: 30, status: "unchanged" },
    {
      ...nothing,
      recipe: "recipes.a.c_fast_config",
      renamedFrom: "recipes.a.c_config",
      file: "recipes/a.py",
      line: 50,
      status: "renamed",
    },
    {
      ...nothing,
      recipe: "recipes.b.new_config",
      file: "recipes/b.py",
      line: 1,
      status: "added",
      findings: { new: [{ ...deadWrite, file: "recipes/b.py", line: 4 }], gone: [] },
    },
    { ...nothing, recipe: "recipes.c.old_config", file: "recipes/c.py", line: 1, status: "removed" },
  ],
  skipped: [{ file: "recipes/d.py", reason: "line 2: not UTF-8" }],
};
