from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import MixedPrecisionConfig, bf16_mixed


def my_mixed() -> MixedPrecisionConfig:
    cfg = bf16_mixed()
    cfg.fp8 = "e4m3"
    cfg.fp8_recipe = "tensorwise"
    cfg.grad_reduce_in_fp32 = False
    return cfg


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = my_mixed()
    return cfg
