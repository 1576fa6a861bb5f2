# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed


def both_places_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    cfg.ddp.grad_reduce_in_fp32 = cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg


def ddp_only_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    cfg.ddp.grad_reduce_in_fp32 = cfg.ddp.average_in_collective = False
    return cfg
