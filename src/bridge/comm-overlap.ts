import type { Section } from "./names.ts";
import { isNone, isTrue, isTruthy, isMoreThan, type Asking } from "./questions.ts";
import {
  fieldOr,
  hasPipeline,
  isDataParallel,
  isInterleaved,
  type Resolved,
  type StartUp,
} from "./start-up.ts";

/**
 * What `CommOverlapConfig.setup` makes of one field. It copies every field of its own to the model, and some to the
 * optimizer and DDP; what the recipe left at None it decides by itself. Source: `comm_overlap.py`,
 * `_get_model_comm_overlap_cfgs` and `_get_optimizer_overlap_cfgs`, the same rules from v0.2.0 to v0.6.2.
 */
type Rule = <V>(at: StartUp<V>) => Asking<V, Decision<V>>;

interface Decision<V> {
  readonly value: V;
  readonly why: string;
}

/** The default of `bucket_size` once data is parallel, in elements: 512 MiB of fp32 gradients, 256 MiB of bf16. */
export const DEFAULT_BUCKET_SIZE = 128 * 1024 * 1024;

/** Fields that pass 1 writes on the model, always. */
const MODEL_RULES: Readonly<Record<string, Rule>> = {
  tp_comm_overlap: tensorOverlap,
  tp_comm_overlap_cfg: tensorPlan,
  tp_comm_bootstrap_backend: asked("tp_comm_bootstrap_backend", null),
  overlap_p2p_comm: pipelineOverlap,
  batch_p2p_comm: pipelineBatching,
  defer_embedding_wgrad_compute: asked("defer_embedding_wgrad_compute", false),
  wgrad_deferral_limit: asked("wgrad_deferral_limit", -1),
  overlap_moe_expert_parallel_comm: asked("overlap_moe_expert_parallel_comm", false),
  delay_wgrad_compute: asked("delay_wgrad_compute", false),
};

/** Fields that pass 2 writes on the optimizer and on DDP, if `ddp.use_distributed_optimizer` is on by then. */
const OPTIMIZER_RULES: Readonly<Record<string, Rule>> = {
  overlap_param_gather: whenDataParallel("overlap_param_gather", true, false),
  overlap_param_gather_with_optimizer_step: asked("overlap_param_gather_with_optimizer_step", false),
};

const DDP_RULES: Readonly<Record<string, Rule>> = {
  overlap_grad_reduce: whenDataParallel("overlap_grad_reduce", true, false),
  overlap_param_gather: whenDataParallel("overlap_param_gather", true, false),
  align_param_gather: alignment,
  bucket_size: whenDataParallel("bucket_size", DEFAULT_BUCKET_SIZE, null),
  delay_wgrad_compute: asked("delay_wgrad_compute", null),
};

const RULES: Partial<Record<Section, Readonly<Record<string, Rule>>>> = {
  model: MODEL_RULES,
  optimizer: OPTIMIZER_RULES,
  ddp: DDP_RULES,
};

/** Every knob that `comm_overlap.setup` may overwrite, as `section.field`. */
export const OVERLAP_KNOBS: readonly string[] = Object.entries(RULES).flatMap(([section, rules]) =>
  Object.keys(rules).map((field) => `${section}.${field}`),
);

/** Whether `comm_overlap.setup` writes a field in any circumstances. */
export function mayOverlap(section: Section, field: string): boolean {
  return RULES[section]?.[field] !== undefined;
}

/** What `comm_overlap.setup` makes of a field; null where it does not touch it. */
export function* resolveOverlap<V>(
  at: StartUp<V>,
  section: Section,
  field: string,
): Asking<V, Resolved<V> | null> {
  const { declared } = at;
  const rule = declared.isMimo || !declared.hasOverlap ? undefined : RULES[section]?.[field];
  if (!rule) return null;
  if (section !== "model" && !(yield* shardsOptimizer(at))) return null;
  const { value, why } = yield* rule(at);
  return { value, why, decidedBy: "comm_overlap.setup" };
}

/** The gate of pass 2, which looks at DDP's flag alone, and before `validate` brings the optimizer's in step with it. */
export function shardsOptimizer<V>(at: StartUp<V>): Asking<V, boolean> {
  return isTruthy(fieldOr(at, ["ddp", "use_distributed_optimizer"], false));
}

/** The recipe's own value of a field of CommOverlapConfig; null where it is None. */
export function* askedFor<V>(at: StartUp<V>, field: string): Asking<V, V | null> {
  const value = at.declared.get("comm_overlap", field);
  if (value === null || (yield* isNone(value))) return null;
  return value;
}

/** A field that Bridge does not decide by itself: what was asked for, else a constant. */
function asked(field: string, otherwise: null | boolean | number): Rule {
  return function* (at) {
    const value = yield* askedFor(at, field);
    return value === null
      ? { value: at.constant(otherwise), why: `comm_overlap.${field} is not set` }
      : { value, why: `comm_overlap.${field}` };
  };
}

function whenDataParallel(field: string, on: boolean | number, off: false | null): Rule {
  return function* (at) {
    const value = yield* askedFor(at, field);
    if (value !== null) return { value, why: `comm_overlap.${field}` };
    return (yield* isDataParallel(at))
      ? { value: at.constant(on), why: "the default where DP > 1" }
      : { value: at.constant(off), why: "the default where DP = 1" };
  };
}

function* alignment<V>(at: StartUp<V>): Asking<V, Decision<V>> {
  const value = yield* askedFor(at, "align_param_gather");
  if (value !== null) return { value, why: "comm_overlap.align_param_gather" };
  const aligns = (yield* isDataParallel(at)) && (yield* hasPipeline(at)) && (yield* isInterleaved(at));
  return { value: at.constant(aligns), why: `the default ${aligns ? "with" : "without"} DP, PP and VPP > 1` };
}

/** Why Bridge turns off the TP overlap that a recipe asks for, in the words of its own warning; null if it does not. */
export function* tensorOverlapObstacle<V>(at: StartUp<V>): Asking<V, string | null> {
  const size = fieldOr(at, ["model", "tensor_model_parallel_size"], 1);
  if (!(yield* isMoreThan(size, 1))) return "TP size < 2";
  if (!(yield* isTruthy(fieldOr(at, ["model", "sequence_parallel"], false))))
    return "sequence_parallel=False";
  return at.te ? null : "TE not detected";
}

function* tensorOverlap<V>(at: StartUp<V>): Asking<V, Decision<V>> {
  const value = yield* askedFor(at, "tp_comm_overlap");
  if (value === null) return { value: at.constant(false), why: "comm_overlap.tp_comm_overlap is not set" };
  if (!(yield* isTrue(value))) return { value, why: "comm_overlap.tp_comm_overlap" };
  const obstacle = yield* tensorOverlapObstacle(at);
  return obstacle === null
    ? { value, why: "comm_overlap.tp_comm_overlap" }
    : { value: at.constant(false), why: `turned off due to ${obstacle}` };
}

/** The user buffers: with TP overlap off the object stays where it is, and nobody reads it. */
function* tensorPlan<V>(at: StartUp<V>): Asking<V, Decision<V>> {
  const value = yield* askedFor(at, "tp_comm_overlap_cfg");
  return value === null
    ? { value: at.constant(null), why: "no preset: Transformer Engine's own defaults" }
    : { value, why: "comm_overlap.tp_comm_overlap_cfg" };
}

function* pipelineOverlap<V>(at: StartUp<V>): Asking<V, Decision<V>> {
  const value = yield* askedFor(at, "overlap_p2p_comm");
  if (value !== null) return { value, why: "comm_overlap.overlap_p2p_comm" };
  if (!(yield* hasPipeline(at))) return { value: at.constant(false), why: "PP size is 1" };
  return (yield* isInterleaved(at))
    ? { value: at.constant(true), why: "PP > 1 and VPP > 1" }
    : { value: at.constant(false), why: "PP > 1 without VPP" };
}

function* pipelineBatching<V>(at: StartUp<V>): Asking<V, Decision<V>> {
  const value = yield* askedFor(at, "batch_p2p_comm");
  if (value !== null) return { value, why: "comm_overlap.batch_p2p_comm" };
  if (!(yield* hasPipeline(at))) return { value: at.constant(false), why: "PP size is 1" };
  return (yield* isInterleaved(at))
    ? { value: at.constant(false), why: "PP > 1 and VPP > 1" }
    : { value: at.constant(true), why: "PP > 1 without VPP" };
}
