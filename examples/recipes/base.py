"""What every pretraining run of the lab starts from."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def lab_pretrain_config() -> ConfigContainer:
    """Llama 3 8B as Bridge ships it, with the lab's batch size."""
    cfg = llama3_8b_pretrain_config()
    cfg.train.global_batch_size = 256
    return cfg


def save_bandwidth(cfg: ConfigContainer) -> None:
    """For clusters with a slow network: half the bytes in every gradient reduction."""
    cfg.ddp.grad_reduce_in_fp32 = False
    cfg.ddp.average_in_collective = True
