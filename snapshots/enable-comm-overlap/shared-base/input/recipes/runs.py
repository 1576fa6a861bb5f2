from megatron.bridge.training.config import ConfigContainer

from recipes.base import wide_config


def short_run_config() -> ConfigContainer:
    cfg = wide_config()
    cfg.train.train_iters = 100
    return cfg


def deep_run_config() -> ConfigContainer:
    cfg = wide_config()
    cfg.model.pipeline_model_parallel_size = 2
    cfg.model.virtual_pipeline_model_parallel_size = 4
    return cfg
