from dataclasses import replace

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import (
    MixedPrecisionConfig,
    get_mixed_precision_config,
)


def llama3_8b_config(precision: MixedPrecisionConfig | str = "bf16_mixed") -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = precision
    cfg.mixed_precision = replace(get_mixed_precision_config(cfg.mixed_precision))
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg
