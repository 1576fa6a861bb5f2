# intents: honor preserve report
"""What is said before a whole assignment is lost."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer

COMMON = {"NCCL_NVLS_ENABLE": 0}


def llama3_70b_once_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.env_vars["CUDA_DEVICE_MAX_CONNECTIONS"] = 1
    cfg.train.train_iters = 1000
    cfg.env_vars = {**COMMON, "NCCL_DEBUG": "WARN"}
    return cfg


def llama3_70b_twice_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 1, "NCCL_DEBUG": "INFO"}
    cfg.env_vars = {
        **COMMON,
        "NCCL_DEBUG": "WARN",
    }
    return cfg
