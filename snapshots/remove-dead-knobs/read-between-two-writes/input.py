"""A write that something reads before the next one has its use."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def scaled(cfg: ConfigContainer) -> int:
    return cfg.train.micro_batch_size * 8


def llama3_8b_scaled_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.train.micro_batch_size = 2
    cfg.train.global_batch_size = scaled(cfg)
    cfg.train.micro_batch_size = 4
    cfg.model.rotary_base = 10000
    cfg.model.rotary_base = float(cfg.model.rotary_base)
    return cfg
