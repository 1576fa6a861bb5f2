# intents: honor preserve report
"""A name of a precision recipe takes no attributes: both recipes raise today."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import (
    bf16_mixed,
    get_mixed_precision_config,
)


def llama3_8b_named_here_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    cfg.mixed_precision.grad_reduce_in_fp32 = False  # halves the traffic
    cfg.mixed_precision.fp8_param_gather = False
    return cfg


def llama3_8b_named_by_base_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg


def llama3_8b_derived_config() -> ConfigContainer:
    cfg = llama3_8b_named_by_base_config()
    cfg.train.train_iters = 1000
    return cfg
