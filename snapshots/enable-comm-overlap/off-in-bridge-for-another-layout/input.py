from megatron.bridge.recipes.qwen import qwen3_30b_a3b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def wide_config() -> ConfigContainer:
    cfg = qwen3_30b_a3b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 8
    cfg.model.sequence_parallel = True
    return cfg
