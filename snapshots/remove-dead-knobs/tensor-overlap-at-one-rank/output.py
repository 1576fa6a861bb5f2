"""TP overlap that Bridge turns off on every start."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_one_rank_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 1
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=False,  # benchmarked
        overlap_grad_reduce=True,
    )
    return cfg


def llama3_8b_one_rank_late_config() -> ConfigContainer:
    cfg = llama3_8b_one_rank_config()
    cfg.comm_overlap.tp_comm_overlap = False
    return cfg
