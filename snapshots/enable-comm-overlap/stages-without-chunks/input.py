from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def deep_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.num_layers = 32
    cfg.model.pipeline_model_parallel_size = 4
    return cfg


def deep_on_purpose_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.pipeline_model_parallel_size = 4
    cfg.model.virtual_pipeline_model_parallel_size = None
    return cfg
