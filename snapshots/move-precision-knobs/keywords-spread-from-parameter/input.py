from typing import Any

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def llama3_8b_config(ddp_kwargs: dict[str, Any]) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(**ddp_kwargs)
    return cfg
