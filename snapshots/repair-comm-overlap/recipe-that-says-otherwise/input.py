# Left alone: the more specific recipe wins over what its base wrote on ddp.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def base_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.ddp.overlap_param_gather = True
    return cfg


def derived_config() -> ConfigContainer:
    cfg = base_config()
    cfg.comm_overlap.overlap_param_gather = False
    return cfg
