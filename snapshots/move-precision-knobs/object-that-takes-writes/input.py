"""An object takes them, and a name that is guarded against raises nothing."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed


def llama3_8b_object_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg


def llama3_8b_guarded_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    if not isinstance(cfg.mixed_precision, str):
        cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg


def llama3_8b_other_string_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.checkpoint.save = "/checkpoints"
    return cfg
