"""With Muon the optimizer is not distributed, and data-parallel requests on comm_overlap go nowhere."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_muon_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp.use_distributed_optimizer = False
    cfg.optimizer.use_distributed_optimizer = False
    cfg.ddp.overlap_grad_reduce = True
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, overlap_grad_reduce=True)
    return cfg
