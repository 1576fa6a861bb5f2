# Left alone and said: both flags are written here, and validate() turns both on.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def torn_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.ddp.overlap_param_gather = False
    cfg.optimizer.overlap_param_gather = True
    return cfg
