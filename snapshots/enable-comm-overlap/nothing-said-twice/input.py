"""Bridge's own recipe has the distributed optimizer and both overlaps already."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def wide_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.context_parallel_size = 1
    cfg.model.tensor_model_parallel_size = 2
    cfg.model.sequence_parallel = True
    cfg.env_vars = {"NCCL_NVLS_ENABLE": 0}
    return cfg
