// Known mistakes in recipes, as questions to what a recipe declares and what runs.

/** Fields of CommOverlapConfig that count for data parallelism only. */
const FOR_DATA_PARALLEL = `overlap_grad_reduce overlap_param_gather overlap_param_gather_with_optimizer_step
  align_param_gather bucket_size`.split(/\s+/);

const TP = "model.tensor_model_parallel_size";
const PLAN = "comm_overlap.tp_comm_overlap_cfg";
const TENSOR_OVERLAP = "comm_overlap.tp_comm_overlap";

/**
 * The mistakes, each a question to one recipe: `ask` answers what a knob is as declared or in effect. `written` is the
 * knob of which it matters whether somebody wrote it. `then` are the recipes of v0.6.0 and of main at 067f987 in which
 * an earlier count saw it, over 713 and 735 recipes and by its own reading; `because` says how that comes to today's.
 */
export const MISTAKES = [
  {
    what: "ddp.grad_reduce_in_fp32 is overwritten with another value",
    written: "ddp.grad_reduce_in_fp32",
    holds: (ask) => isOverwritten(ask, "ddp.grad_reduce_in_fp32"),
    then: [72, 74],
    because: "72 without the 10 in diffusion.recipes and perf_recipes.wan",
  },
  {
    what: "model.pipeline_dtype = None is overwritten",
    written: "model.pipeline_dtype",
    holds: (ask) =>
      ask.declared("model.pipeline_dtype") === null && isOverwritten(ask, "model.pipeline_dtype"),
    then: [208, 126],
    because: "not reproduced; the sources of v0.6.0 and of main hold as many such lines, 134 and 135",
  },
  {
    what: "use_distributed_optimizer of ddp and optimizer differ",
    holds: (ask) =>
      ask.declared("ddp.use_distributed_optimizer") !== ask.declared("optimizer.use_distributed_optimizer"),
    then: [41, 43],
    because: "41 without the 5 that have a CommOverlapConfig",
  },
  {
    what: "comm_overlap.tp_comm_overlap at TP 1",
    holds: (ask) => ask.declared(TENSOR_OVERLAP) === true && ask.declared(TP) < 2,
    then: [186, 181],
    because: "11 of Nemotron came after v0.6.0, and 5 of Qwen3 MoE have it off since",
  },
  {
    what: "a preset while tp_comm_overlap is off",
    holds: (ask) => presetOf(ask) !== undefined && ask.declared(TENSOR_OVERLAP) === false,
    then: [undefined, 15],
    because: "15 without a recipe's second name",
  },
  {
    what: "a preset at TP 1",
    holds: (ask) => presetOf(ask) !== undefined && ask.declared(TP) < 2,
    then: [undefined, 18],
  },
  {
    what: "a preset for another layout, batch, length, GPU or precision",
    holds: (ask) => isMisfit(ask),
    then: [undefined, 53],
    because:
      "53 without 6 second names, 4 that differ in a CP that the name leaves out, and 2 that run FP4 with one for FP8",
  },
  {
    what: "ddp.overlap_grad_reduce = False is turned on by comm_overlap",
    written: "ddp.overlap_grad_reduce",
    holds: (ask) => isTurnedOn(ask, "ddp.overlap_grad_reduce"),
    then: [undefined, 23],
  },
  {
    what: "ddp.overlap_param_gather = False is turned on by comm_overlap",
    written: "ddp.overlap_param_gather",
    holds: (ask) => isTurnedOn(ask, "ddp.overlap_param_gather"),
    then: [undefined, 37],
  },
  {
    what: "data-parallel overlap on comm_overlap without ddp.use_distributed_optimizer",
    holds: (ask) =>
      ask.declared("ddp.use_distributed_optimizer") === false &&
      FOR_DATA_PARALLEL.some((field) => Boolean(ask.declared(`comm_overlap.${field}`))),
    then: [undefined, 15],
  },
];

function isOverwritten(ask, knob) {
  return ask.declared(knob) !== ask.effective(knob);
}

/** It is there only if it has the field that every CommOverlapConfig must be given. */
function isTurnedOn(ask, knob) {
  return (
    ask.declared(TENSOR_OVERLAP) !== undefined && ask.declared(knob) === false && ask.effective(knob) === true
  );
}

function presetOf(ask) {
  return ask.declared(PLAN)?.preset;
}

const PRESET =
  /^userbuffers_(?<precision>[a-z0-9]+)_(?<gpu>h100|b200)_h\d+_tp(?<tp>\d+)(?:_cp(?<cp>\d+))?_mbs(?<mbs>\d+)_seqlen(?<seq>\d+)/;

/** Upstream attaches the presets of B200 on every later GPU, and those of H100 on Hopper. */
const GPU = /_(?<hopper>h100|h200)_|_(?:b200|b300|gb200|gb300|vr200|r100)_/;

/** Whether a part of the preset's name is not the run's; a name that says nothing of CP is for CP 1. */
function isMisfit(ask) {
  const named = PRESET.exec(presetOf(ask) ?? "")?.groups;
  if (named === undefined) return false;
  const sizes = [
    [named.tp, TP],
    [named.cp ?? "1", "model.context_parallel_size"],
    [named.mbs, "train.micro_batch_size"],
    [named.seq, "model.seq_length"],
  ];
  if (sizes.some(([size, knob]) => Number(size) !== ask.declared(knob))) return true;
  const gpu = GPU.exec(ask.name);
  if (gpu !== null && (gpu.groups.hopper === undefined ? "b200" : "h100") !== named.gpu) return true;
  return named.precision !== precisionOf(ask);
}

function precisionOf(ask) {
  if ((ask.effective("model.fp4") ?? null) !== null) return "fp4";
  return (ask.effective("model.fp8") ?? null) === null ? "bf16" : "fp8";
}
