from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import (
    bf16_mixed,
    get_mixed_precision_config,
)


def _team_base() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg


def team_config() -> ConfigContainer:
    return _team_base()


def exact_config() -> ConfigContainer:
    cfg = _team_base()
    cfg.mixed_precision = bf16_mixed()
    return cfg
