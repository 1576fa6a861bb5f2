"""Llama 3 8B recipes."""

from megatron.bridge.training.config import ConfigContainer

from recipes.base import lab_pretrain_config


def llama3_8b_fast_config() -> ConfigContainer:
    """Gradients travel in bf16."""
    cfg = lab_pretrain_config()
    cfg.ddp.grad_reduce_in_fp32 = False  # halves the traffic
    cfg.ddp.fp8_param_gather = False
    return cfg


def llama3_8b_fp32_config() -> ConfigContainer:
    """The reference run. Without mixed precision, Bridge listens to ddp."""
    cfg = lab_pretrain_config()
    cfg.mixed_precision = None
    cfg.ddp.grad_reduce_in_fp32 = True
    return cfg
