"""A recipe that gives its own environment, in place of its base's, means that."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_base_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 1, "NCCL_DEBUG": "INFO"}
    return cfg


def llama3_70b_quiet_config() -> ConfigContainer:
    cfg = llama3_70b_base_config()
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 1}
    return cfg


def llama3_70b_kept_config() -> ConfigContainer:
    cfg = llama3_70b_base_config()
    cfg.env_vars = {**cfg.env_vars, "NCCL_DEBUG": "WARN"}
    return cfg
