"""Where the case runs, nothing overwrites what it writes."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config(speed: str = "normal") -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    match speed:
        case "plain":
            cfg.mixed_precision = None
            cfg.ddp.grad_reduce_in_fp32 = True
        case _:
            cfg.train.micro_batch_size = 2
    return cfg
