# intents: honor report
# Overlap of expert parallelism is never added: a note says where it could be had, and what it lacks elsewhere.
from megatron.bridge.recipes.qwen import qwen3_30b_a3b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def base_config() -> ConfigContainer:
    cfg = qwen3_30b_a3b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 1
    cfg.model.pipeline_model_parallel_size = 1
    cfg.model.expert_model_parallel_size = 8
    cfg.model.num_moe_experts = 128
    cfg.model.mtp_num_layers = None
    cfg.model.recompute_granularity = None
    cfg.model.recompute_method = None
    cfg.model.recompute_num_layers = None
    cfg.model.moe_shared_expert_overlap = False
    cfg.model.moe_token_dispatcher_type = "alltoall"
    cfg.model.cuda_graph_impl = "none"
    cfg.ddp.overlap_grad_reduce = True
    cfg.ddp.overlap_param_gather = True
    cfg.ddp.use_distributed_optimizer = True
    return cfg


def more_config() -> ConfigContainer:
    cfg = base_config()
    cfg.model.expert_model_parallel_size = 8
    return cfg


def recomputed_config() -> ConfigContainer:
    cfg = base_config()
    cfg.model.recompute_granularity = "full"
    cfg.model.recompute_method = "uniform"
    cfg.model.recompute_num_layers = 1
    return cfg


def experts_recomputed_config() -> ConfigContainer:
    cfg = base_config()
    cfg.model.recompute_granularity = "selective"
    cfg.model.recompute_modules = ["moe"]
    return cfg


def off_on_purpose_config() -> ConfigContainer:
    cfg = base_config()
    cfg.model.overlap_moe_expert_parallel_comm = False
    return cfg


def without_experts_config() -> ConfigContainer:
    cfg = base_config()
    cfg.model.expert_model_parallel_size = 1
    return cfg
