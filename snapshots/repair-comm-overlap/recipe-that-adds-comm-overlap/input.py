# Left alone and said: the base turned overlap off for itself, and one recipe that starts from it asks for Bridge's choice.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def base_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.ddp.overlap_grad_reduce = False
    cfg.ddp.overlap_param_gather = False
    return cfg


def fast_config() -> ConfigContainer:
    cfg = base_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    return cfg
