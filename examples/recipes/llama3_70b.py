"""Llama 3 70B recipes."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed

from recipes.base import save_bandwidth


def llama3_70b_slow_network_config() -> ConfigContainer:
    """For the cluster with the slow network."""
    cfg = llama3_70b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    save_bandwidth(cfg)
    return cfg


def llama3_70b_muon_config() -> ConfigContainer:
    """Says the same thing twice."""
    cfg = llama3_70b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
