"""Settings where they belong, names that look like ours, and other variables of the process."""

import os

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


class CommOverlapConfig:
    """Not Bridge's."""

    def __init__(self, cuda_device_max_connections: int = 8) -> None:
        self.cuda_device_max_connections = cuda_device_max_connections


def llama3_70b_h100_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    mine = CommOverlapConfig(cuda_device_max_connections=1)
    mine.cuda_device_max_connections = 2
    os.environ["NCCL_DEBUG"] = "INFO"
    if os.environ.get("CUDA_DEVICE_MAX_CONNECTIONS") == "8":
        cfg.train.train_iters = 10
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 1, "NVTE_FWD_LAYERNORM_SM_MARGIN": 20}
    return cfg
