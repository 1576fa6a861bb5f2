"""A write that start-up overwrites with another value was meant for something: it is not for tidying up."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_meant_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.ddp.use_distributed_optimizer = True
    cfg.ddp.overlap_grad_reduce = False
    cfg.ddp.bucket_size = 40_000_000
    cfg.ddp.grad_reduce_in_fp32 = False
    cfg.model.tp_comm_overlap = True
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    return cfg
