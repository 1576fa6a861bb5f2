from dataclasses import replace

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = replace(cfg.ddp, grad_reduce_in_fp32=False)
    return cfg
