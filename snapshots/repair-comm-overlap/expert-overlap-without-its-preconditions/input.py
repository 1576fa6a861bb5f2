# Left alone and said: each precondition that is not met is named.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def erased_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.num_moe_experts = 8
    cfg.model.expert_model_parallel_size = 1
    cfg.model.moe_token_dispatcher_type = "allgather"
    cfg.model.recompute_granularity = "full"
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.model.overlap_moe_expert_parallel_comm = True
    cfg.model.delay_wgrad_compute = True
    return cfg


def raising_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.num_moe_experts = None
    cfg.model.expert_model_parallel_size = 1
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, overlap_moe_expert_parallel_comm=True)
    return cfg


def delayed_alone() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, delay_wgrad_compute=True)
    return cfg
