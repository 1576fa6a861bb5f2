"""Recipes of the team."""

from __future__ import annotations

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import (
    MixedPrecisionConfig,
    register,
)


@register
def team_mixed() -> MixedPrecisionConfig:
    return MixedPrecisionConfig(bf16=True)


def llama3_8b_bf16_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = "bf16-mixed"
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
