# Left alone and said: a comment gives a reason, Muon needs no distributed optimizer, and both off is in step.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def commented_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.ddp.use_distributed_optimizer = False  # adapters are small
    return cfg


def muon_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.optimizer.optimizer = "muon"
    cfg.optimizer.use_distributed_optimizer = False
    cfg.ddp.use_distributed_optimizer = False
    cfg.ddp.overlap_grad_reduce = True
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.comm_overlap.overlap_grad_reduce = True
    return cfg
