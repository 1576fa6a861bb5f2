from megatron.bridge.training.config import ConfigContainer

from recipes.base import careful_config


def wide_config() -> ConfigContainer:
    cfg = careful_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    return cfg
