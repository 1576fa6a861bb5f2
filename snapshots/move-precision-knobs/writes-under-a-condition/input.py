from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config(fast: bool = False) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    if fast:
        cfg.ddp.grad_reduce_in_fp32 = False
        cfg.ddp.average_in_collective = True
    return cfg
