"""What comm_overlap.setup() sets by itself, said again on ddp, optimizer and model."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_twice_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.ddp.use_distributed_optimizer = True
    cfg.ddp.overlap_grad_reduce = True  # hides the reduction
    cfg.ddp.overlap_param_gather = False
    cfg.optimizer.overlap_param_gather = False
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    cfg.comm_overlap.overlap_grad_reduce = True
    cfg.comm_overlap.overlap_param_gather = False
    return cfg
