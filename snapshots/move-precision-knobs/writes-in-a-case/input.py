from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config(speed: str = "normal") -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    match speed:
        case "fast":
            cfg.ddp.grad_reduce_in_fp32 = False
            cfg.ddp.average_in_collective = True
        case "normal":
            cfg.train.micro_batch_size = 2
    return cfg
