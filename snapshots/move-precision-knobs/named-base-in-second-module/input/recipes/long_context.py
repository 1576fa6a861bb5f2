from megatron.bridge.training.config import ConfigContainer

from .base import team_base


def long_context_config() -> ConfigContainer:
    cfg = team_base()
    cfg.model.seq_length = 32768
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
