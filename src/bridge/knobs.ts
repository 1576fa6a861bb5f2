import { OVERLAP_KNOBS } from "./comm-overlap.ts";

/** How a model is spread over processes, and what decides which overlap can be had. */
const MODEL = `tensor_model_parallel_size pipeline_model_parallel_size virtual_pipeline_model_parallel_size
  context_parallel_size expert_model_parallel_size expert_tensor_parallel_size sequence_parallel seq_length hidden_size
  num_moe_experts moe_token_dispatcher_type moe_shared_expert_overlap gradient_accumulation_fusion
  overlap_p2p_comm_warmup_flush recompute_granularity recompute_method recompute_num_layers recompute_modules
  cuda_graph_impl`;

const OPTIMIZER = "use_distributed_optimizer use_precision_aware_optimizer";

const DDP = `use_distributed_optimizer average_in_collective data_parallel_sharding_strategy nccl_ub num_buckets
  use_megatron_fsdp megatron_fsdp_version`;

const TRAIN = "micro_batch_size global_batch_size";

function knobs(section: string, fields: string): string[] {
  return fields.split(/\s+/).map((field) => `${section}.${field}`);
}

/**
 * The knobs that every report on a recipe lists, whether the recipe writes them or not, as far as the version has them.
 * Those of `mixed_precision` come on top, by the fields of its class.
 */
export const TABLE_KNOBS: readonly string[] = [
  ...knobs("model", MODEL),
  ...knobs("optimizer", OPTIMIZER),
  ...knobs("ddp", DDP),
  ...knobs("train", TRAIN),
  ...OVERLAP_KNOBS,
];
