# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config(fp32: bool = False) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    if fp32:
        cfg.mixed_precision = None
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
