"""One connection stops FSDP, and holds up expert overlap and Blackwell."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.recipes.qwen import qwen3_30b_a3b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_h100_fsdp_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.ddp.use_megatron_fsdp = True
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 1}
    return cfg


def qwen3_30b_a3b_h100_config() -> ConfigContainer:
    cfg = qwen3_30b_a3b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, overlap_moe_expert_parallel_comm=True)
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": "1"}
    return cfg


def llama3_70b_gb200_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 1}
    return cfg


def llama3_70b_h100_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 32}
    return cfg
