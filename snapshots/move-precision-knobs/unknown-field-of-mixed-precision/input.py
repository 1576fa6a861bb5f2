from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    mp = bf16_mixed()
    mp.fp8_interval = 1
    mp.fp8_reduce_amax = False
    cfg.mixed_precision = mp
    return cfg
