# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import get_mixed_precision_config


def llama3_8b_config(precise: bool = False) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
    if precise:
        cfg.mixed_precision.grad_reduce_in_fp32 = True
    else:
        cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg
