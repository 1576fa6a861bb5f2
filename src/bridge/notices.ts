import { askedFor, shardsOptimizer, tensorOverlapObstacle } from "./comm-overlap.ts";
import { unmetForExperts } from "./expert-overlap.ts";
import { PRECISION_RULES } from "./precision-notices.ts";
import { isNone, isTrue, isTruthy, type Asking } from "./questions.ts";
import { effectiveField, isOn } from "./resolve.ts";
import { SHARDING_RULES } from "./sharding-notices.ts";
import { fieldOr, hasPipeline, isDealtOut, isInterleaved, type StartUp } from "./start-up.ts";
import { isAtLeast } from "./versions.ts";

/** What start-up, or training after it, will say of a configuration: a warning, or an error that ends the run. */
export interface Notice {
  readonly rule: string;
  /** `error`: the run ends. `warning`: it goes on, otherwise than the recipe asks. `info`: worth knowing. */
  readonly severity: "error" | "warning" | "info";
  /** The knob that the notice is about. */
  readonly knob: string;
  /** In the words of Bridge or Megatron-Core where they say something. */
  readonly message: string;
}

/** The rule of what start-up itself raises, so that there is no configuration. */
export const RAISES = "start-up-raises";

export type NoticeRule = <V>(at: StartUp<V>) => Asking<V, readonly Notice[]>;

/** Each looks at one thing; what hangs on something unknown is left out. */
export const NOTICE_RULES: readonly NoticeRule[] = [
  processesLeftOver,
  tensorOverlapOff,
  tensorOverlapByDefaults,
  tensorOverlapOfFp4,
  pipelineOverlapWithoutChunks,
  deferralThatFails,
  expertOverlap,
  delayedWeightGradients,
  optimizerOutOfSync,
  dataOverlapLost,
  gatherOutOfSync,
  gatherWithoutReduce,
  bucketsTwice,
  ...PRECISION_RULES,
  ...SHARDING_RULES,
];

/**
 * Source: `ConfigContainer.get_data_parallel_size`. Bridge raises; we say what would run all the same, for whoever asks
 * about one number of processes for recipes of all sizes.
 */
export function* processesLeftOver<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const { processes, declared } = at;
  if (declared.isMimo || !("worldSize" in processes) || (yield* isDealtOut(at))) return [];
  const message = `world size (${processes.worldSize}) is not divisible by total_model_size`;
  const knob = "model.tensor_model_parallel_size";
  return [{ rule: "world-size-does-not-fit", severity: "error", knob, message }];
}

function* tensorOverlapOff<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const value = at.declared.hasOverlap && !at.declared.isMimo ? yield* askedFor(at, "tp_comm_overlap") : null;
  if (value === null || !(yield* isTrue(value))) return [];
  const obstacle = yield* tensorOverlapObstacle(at);
  if (obstacle === null) return [];
  const message = `Disabling tensor parallel communication overlap due to ${obstacle}.`;
  return [{ rule: "tp-overlap-disabled", severity: "warning", knob: "model.tp_comm_overlap", message }];
}

function* tensorOverlapByDefaults<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!at.declared.hasOverlap || !(yield* isOn(at, "model", "tp_comm_overlap"))) return [];
  const plan = yield* effectiveField(at, "model", "tp_comm_overlap_cfg");
  if (plan === null || !(yield* isNone(plan))) return [];
  const message =
    "Tensor parallel overlap: No overlap config provided. Initializing TP comm overlap with the default config.";
  return [{ rule: "tp-overlap-defaults", severity: "info", knob: "model.tp_comm_overlap_cfg", message }];
}

/** Bridge makes the bf16 communicators only, Transformer Engine asks for those of FP8. */
function* tensorOverlapOfFp4<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!(yield* isOn(at, "model", "tp_comm_overlap")) || !(yield* isOn(at, "model", "fp4"))) return [];
  const message =
    "TP overlap does not work with FP4: Transformer Engine finds no user buffers registered for it.";
  return [{ rule: "tp-overlap-of-fp4", severity: "error", knob: "model.tp_comm_overlap", message }];
}

function* pipelineOverlapWithoutChunks<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!(yield* hasPipeline(at)) || !(yield* isOn(at, "model", "overlap_p2p_comm"))) return [];
  const knob = "model.overlap_p2p_comm";
  if (!(yield* isInterleaved(at))) {
    const message = "Non-interleaved pipeline parallelism does not support overlapping p2p communication";
    return [{ rule: "p2p-overlap-without-vpp", severity: "error", knob, message }];
  }
  if (!(yield* isOn(at, "model", "batch_p2p_comm"))) return [];
  const message = "Can not use both overlap_p2p_comm and batch_p2p_comm";
  return [{ rule: "p2p-overlap-and-batching", severity: "error", knob, message }];
}

/** Source: `ModelParallelConfig.__post_init__`, the same in every pinned Megatron-Core. */
function* deferralThatFails<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!(yield* isOn(at, "model", "defer_embedding_wgrad_compute"))) return [];
  const knob = "model.defer_embedding_wgrad_compute";
  if (!(yield* hasPipeline(at))) {
    const message = "Cannot defer embedding wgrad compute when pipeline model parallel is not used";
    return [{ rule: "deferral-without-pipeline", severity: "error", knob, message }];
  }
  if (!at.declared.hasOverlap || (yield* askedFor(at, "wgrad_deferral_limit")) !== null) return [];
  const message = "Wgrad deferral limit should be greater than or equal to 0 when it is enabled!";
  return [{ rule: "deferral-without-limit", severity: "error", knob: "model.wgrad_deferral_limit", message }];
}

/** With comm_overlap set Bridge itself raises, so that there is no configuration to tell anything of. */
function* expertOverlap<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (at.declared.isMimo || !(yield* isOn(at, "model", "overlap_moe_expert_parallel_comm"))) return [];
  const unmet = yield* unmetForExperts(at);
  return unmet.map(({ field, raises }) => ({
    rule: "expert-overlap-precondition",
    severity: "error",
    knob: `model.${field}`,
    message: raises.replace(/^\w+: /, ""),
  }));
}

function* delayedWeightGradients<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!(yield* isOn(at, "model", "delay_wgrad_compute"))) return [];
  if (yield* isOn(at, "model", "overlap_moe_expert_parallel_comm")) return [];
  const message = "overlap_moe_expert_parallel_comm must be enabled when enabling delay_wgrad_compute";
  return [{ rule: "delayed-wgrad-alone", severity: "error", knob: "model.delay_wgrad_compute", message }];
}

function* optimizerOutOfSync<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const field = "use_distributed_optimizer";
  const ddp = yield* isTruthy(fieldOr(at, ["ddp", field], false));
  const optimizer = yield* isTruthy(fieldOr(at, ["optimizer", field], false));
  if (ddp === optimizer) return [];
  const rule = "distributed-optimizer-out-of-sync";
  const knob = `${ddp ? "optimizer" : "ddp"}.${field}`;
  if (isAtLeast(at.version, "0.2.0")) {
    const message = `Distributed optimizer settings were not in sync: ddp.${field}=${asPython(ddp)}, optimizer.${field}=${asPython(optimizer)}. Automatically enabling distributed optimizer for both settings.`;
    return [{ rule, severity: "warning", knob, message }];
  }
  const message =
    "Please ensure 'use_distributed_optimizer' setting in DistributedDataParallelConfig and OptimizerConfig matches.";
  return [{ rule, severity: "error", knob, message }];
}

const DATA_FIELDS = [
  "overlap_grad_reduce",
  "overlap_param_gather",
  "overlap_param_gather_with_optimizer_step",
  "align_param_gather",
  "bucket_size",
];

/** The gate of pass 2 is closed: what comm_overlap says of data parallelism is ignored without a word. */
function* dataOverlapLost<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (at.declared.isMimo || !at.declared.hasOverlap || (yield* shardsOptimizer(at))) return [];
  const ignored: string[] = [];
  for (const field of DATA_FIELDS) if ((yield* askedFor(at, field)) !== null) ignored.push(field);
  const optimizer = yield* isTruthy(fieldOr(at, ["optimizer", "use_distributed_optimizer"], false));
  if (ignored.length === 0 && !optimizer) return [];
  const what = ignored.length === 0 ? "DP overlap" : `comm_overlap's ${ignored.join(", ")}`;
  const message = `${what} is ignored: ddp.use_distributed_optimizer is False when comm_overlap.setup() looks at it.`;
  return [{ rule: "dp-overlap-lost", severity: "warning", knob: "ddp.use_distributed_optimizer", message }];
}

function* gatherOutOfSync<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!isAtLeast(at.version, "0.5.0")) return [];
  const field = "overlap_param_gather";
  const open = at.declared.hasOverlap && !at.declared.isMimo && (yield* shardsOptimizer(at));
  if (open) return [];
  const ddp = yield* isTruthy(fieldOr(at, ["ddp", field], false));
  const optimizer = yield* isTruthy(fieldOr(at, ["optimizer", field], false));
  if (ddp === optimizer) return [];
  const knob = `${ddp ? "optimizer" : "ddp"}.${field}`;
  const message = `overlap_param_gather settings were not in sync: ddp.${field}=${asPython(ddp)}, optimizer.${field}=${asPython(optimizer)}. Automatically enabling overlap_param_gather for both settings.`;
  return [{ rule: "param-gather-out-of-sync", severity: "warning", knob, message }];
}

/** Megatron-Core's own command line forbids the pair; Bridge does not look. */
function* gatherWithoutReduce<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!(yield* isOn(at, "ddp", "overlap_param_gather")) || (yield* isOn(at, "ddp", "overlap_grad_reduce")))
    return [];
  const message = "overlap_param_gather is on without overlap_grad_reduce, which Megatron-LM does not allow.";
  return [{ rule: "gather-without-reduce", severity: "warning", knob: "ddp.overlap_grad_reduce", message }];
}

/** Source: `DistributedDataParallelConfig.__post_init__`, Megatron-Core 0.18 on. */
function* bucketsTwice<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const buckets = at.declared.get("ddp", "num_buckets");
  if (buckets === null || (yield* isNone(buckets))) return [];
  const size = yield* effectiveField(at, "ddp", "bucket_size");
  if (size === null || (yield* isNone(size))) return [];
  const message = "Cannot specify both num_buckets and bucket_size";
  return [{ rule: "buckets-twice", severity: "error", knob: "ddp.num_buckets", message }];
}

function asPython(value: boolean): string {
  return value ? "True" : "False";
}
