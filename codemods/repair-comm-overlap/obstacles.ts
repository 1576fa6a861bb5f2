import {
  hasLatentAttention,
  isConstant,
  type Effective,
  type KnobSite,
  type KnobUse,
} from "../../src/index.ts";
import { hasChunks, hasPipeline, isOn, isPreset, plain, runs, sizeOf } from "./reading.ts";

type Obstacle = (use: KnobUse, moved: ReadonlySet<string>) => string | null;

/** Why a flag of the model or the optimizer would end the run, or do nothing, on comm_overlap. */
const OBSTACLES: Readonly<Record<string, Obstacle>> = {
  tp_comm_overlap: tensorObstacle,
  tp_comm_overlap_cfg: ({ effective, write }) => {
    if (!isPreset(write.value)) return "comm_overlap takes the object of a preset only";
    return isOn(effective, "model.tp_comm_overlap") ? null : "TP overlap is off, and nothing else reads it";
  },
  overlap_p2p_comm: pipelineObstacle,
  batch_p2p_comm: batchingObstacle,
  defer_embedding_wgrad_compute: ({ effective, write }) => {
    if (!isRequest({ write })) return null;
    if (isOn(effective, "ddp.use_megatron_fsdp"))
      return "Megatron-FSDP does without it: upstream's launch scripts turn it off";
    return hasPipeline(effective)
      ? null
      : "Megatron-Core defers it with a pipeline only (pipeline_model_parallel_size > 1)";
  },
  wgrad_deferral_limit: ({ effective }, moved) =>
    moved.has("defer_embedding_wgrad_compute") || isOn(effective, "model.defer_embedding_wgrad_compute")
      ? null
      : "defer_embedding_wgrad_compute is off, and nothing else reads the limit",
  overlap_grad_reduce: shardingObstacle,
  overlap_param_gather: shardingObstacle,
  overlap_moe_expert_parallel_comm: expertObstacle,
  delay_wgrad_compute: ({ effective, write }, moved) => {
    if (!isRequest({ write })) return null;
    const name = "overlap_moe_expert_parallel_comm";
    return moved.has(name) || isOn(effective, `model.${name}`)
      ? null
      : `it needs comm_overlap.${name}, which is off`;
  },
  overlap_param_gather_with_optimizer_step: ({ effective, write }) =>
    !isRequest({ write }) || (hasPipeline(effective) && hasChunks(effective))
      ? null
      : "Megatron-LM allows it with an interleaved pipeline only (PP > 1 and VPP > 1)",
};

/** Why moving a site to comm_overlap would not give what it asks for; null if it would. */
export function obstacleTo(site: KnobSite, moved: ReadonlySet<string>): string | null {
  const check = OBSTACLES[site.field];
  if (!check) return null;
  for (const use of site.uses.filter((one) => one.isLast)) {
    const found = check(use, moved);
    if (found !== null) return found;
  }
  return null;
}

function isRequest({ write }: Pick<KnobUse, "write">): boolean {
  return !isConstant(write.value, false);
}

function tensorObstacle(use: KnobUse): string | null {
  if (!isRequest(use)) return null;
  const { effective } = use;
  if ((sizeOf(effective, "tensor_model_parallel_size") ?? 1) < 2)
    return "tensor_model_parallel_size is not above 1, and Bridge would turn it off";
  if (!isOn(effective, "model.sequence_parallel"))
    return "Bridge turns TP overlap off without model.sequence_parallel";
  return tensorOverlapHarm(use);
}

/** Models on which TP overlap fails or does nothing. */
export function tensorOverlapHarm(use: KnobUse): string | null {
  if (isOn(use.effective, "model.fp4"))
    return "FP4 has no user buffers, and Transformer Engine fails on TP overlap with it";
  return hasLatentAttention(use) === true
    ? "the down and up projections of multi-latent attention have no user buffers, so that Megatron-Core turns TP overlap off again"
    : null;
}

function pipelineObstacle(use: KnobUse): string | null {
  if (!isRequest(use)) return null;
  if (!hasPipeline(use.effective)) return "there is no pipeline (pipeline_model_parallel_size is 1)";
  return hasChunks(use.effective)
    ? null
    : "Megatron-Core overlaps p2p with an interleaved pipeline only: set virtual_pipeline_model_parallel_size above 1, or do without";
}

function batchingObstacle({ effective, write }: KnobUse, moved: ReadonlySet<string>): string | null {
  if (!hasPipeline(effective)) return "there is no pipeline (pipeline_model_parallel_size is 1)";
  const overlaps = !moved.has("overlap_p2p_comm") && runs(effective, "model.overlap_p2p_comm") === true;
  return plain(write.value) === true && overlaps
    ? "Megatron-Core can not use both overlap_p2p_comm, which Bridge turns on here, and batch_p2p_comm"
    : null;
}

/** Sharded gradients are reduced, and sharded parameters gathered, beside computation, whatever the flag says. */
function shardingObstacle({ effective, write }: KnobUse): string | null {
  if (!isConstant(write.value, false) || !isOn(effective, "ddp.use_megatron_fsdp")) return null;
  const strategy = runs(effective, "ddp.data_parallel_sharding_strategy");
  const shards =
    strategy === "optim_grads_params" ||
    (strategy === "optim_grads" && write.field === "overlap_grad_reduce");
  return shards ? `Megatron-FSDP turns it on again for data_parallel_sharding_strategy="${strategy}"` : null;
}

function expertObstacle(use: KnobUse): string | null {
  if (!isRequest(use)) return null;
  const unmet = use.effective.unmetForExperts();
  if (unmet === null) return "it cannot be known whether Bridge's preconditions hold";
  return unmet.certain.length + unmet.open.length === 0 ? null : needsText(unmet);
}

/** `it needs model.a: …; model.b: …`, each precondition by its name. */
export function needsText({ certain, open }: NonNullable<ReturnType<Effective["unmetForExperts"]>>): string {
  const list = (all: typeof certain) =>
    all.map(({ field, wanted }) => `model.${field}: ${wanted}`).join("; ");
  const parts = [
    ...(certain.length > 0 ? [`it needs ${list(certain)}`] : []),
    ...(open.length > 0 ? [`it cannot be known whether it has ${list(open)}`] : []),
  ];
  return parts.join(", and ");
}
