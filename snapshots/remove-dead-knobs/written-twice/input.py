"""An assignment that the next ones replace before anything reads it."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_twice_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.train.global_batch_size = 256  # per step
    cfg.train.micro_batch_size = 1
    cfg.train.global_batch_size = 512
    cfg.model.seq_length = 4096
    cfg.model.seq_length = 8192
    return cfg
