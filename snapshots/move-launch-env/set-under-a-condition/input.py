"""What holds under a condition must not hold without it."""

import os

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_debug_config(debug: bool = False) -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    if debug:
        os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "1"
    cfg.env_vars = {"NCCL_DEBUG": "WARN"}
    return cfg


def llama3_70b_serial_config(serial: bool = True) -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    if serial:
        cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, cuda_device_max_connections=1)
    cfg.env_vars = {"NCCL_DEBUG": "WARN"}
    return cfg


def llama3_70b_lost_config(serial: bool = True) -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    if serial:
        cfg.env_vars["CUDA_DEVICE_MAX_CONNECTIONS"] = 1
    cfg.env_vars = {"NCCL_DEBUG": "WARN"}
    return cfg
