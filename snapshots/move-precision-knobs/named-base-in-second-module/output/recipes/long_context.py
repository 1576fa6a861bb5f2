from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import get_mixed_precision_config

from .base import team_base


def long_context_config() -> ConfigContainer:
    cfg = team_base()
    cfg.model.seq_length = 32768
    cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg
