"""A function that makes the overlap for several recipes has no container to write to."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def overlap() -> CommOverlapConfig:
    return CommOverlapConfig(tp_comm_overlap=True, cuda_device_max_connections=1)


def llama3_70b_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = overlap()
    return cfg
