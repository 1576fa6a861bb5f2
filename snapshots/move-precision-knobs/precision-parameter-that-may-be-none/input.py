from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import MixedPrecisionConfig


def none_by_default(precision: MixedPrecisionConfig | str | None = None) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = precision
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg


def none_when_asked_for(precision: MixedPrecisionConfig | str | None = "bf16_mixed") -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = precision
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
