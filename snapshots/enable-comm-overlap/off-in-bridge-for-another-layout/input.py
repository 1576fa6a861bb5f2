from megatron.bridge.recipes.llama import llama2_7b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def wide_config() -> ConfigContainer:
    cfg = llama2_7b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    return cfg
