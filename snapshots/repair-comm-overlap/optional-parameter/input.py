# Left alone and said: callers may pass None, and then the flag counts.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def with_overlap(comm_overlap: CommOverlapConfig | None = None) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = comm_overlap
    cfg.ddp.overlap_grad_reduce = False
    return cfg
