from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config(optimizer: str = "adam") -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    reduce_in_fp32 = False
    if optimizer == "muon":
        reduce_in_fp32 = True
    cfg.ddp.grad_reduce_in_fp32 = reduce_in_fp32
    return cfg
