"""What would be wrong in cfg.env_vars is not put there: a person says what is meant."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_gb200_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, cuda_device_max_connections=1)
    return cfg


def llama3_70b_h100_other_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 32}
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, cuda_device_max_connections=1)
    return cfg
