from megatron.bridge.training.config import ConfigContainer
from recipes.base import team_base


def fast_config() -> ConfigContainer:
    cfg = team_base()
    cfg.mixed_precision.grad_reduce_in_fp32 = False  # half the traffic
    return cfg
