"""Llama 3 8B, spread over more GPUs."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def llama3_8b_wide_config() -> ConfigContainer:
    """TP 4, sequence parallelism, PP 4 and VPP 2: nothing asks for overlap."""
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.model.pipeline_model_parallel_size = 4
    cfg.model.virtual_pipeline_model_parallel_size = 2
    cfg.model.context_parallel_size = 1
    return cfg
