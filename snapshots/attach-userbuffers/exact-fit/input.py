"""Everything is what the preset was tuned for."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def dense_64gpu_h100_bf16_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.model.context_parallel_size = 1
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)  # on NVLink alone
    cfg.comm_overlap.overlap_grad_reduce = True

    return cfg
