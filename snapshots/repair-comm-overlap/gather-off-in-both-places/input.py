from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def synchronous_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp.overlap_param_gather = False
    cfg.optimizer.overlap_param_gather = False  # the optimizer's copy
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    return cfg
