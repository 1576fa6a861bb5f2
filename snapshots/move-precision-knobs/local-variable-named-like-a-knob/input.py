from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config(optimizer: str = "adam") -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    grad_reduce_in_fp32 = optimizer == "muon"
    cfg.train.global_batch_size = 256 if grad_reduce_in_fp32 else 512
    return cfg
