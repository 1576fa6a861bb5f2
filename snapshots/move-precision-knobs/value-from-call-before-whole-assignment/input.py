from acme_tuning import reduce_in_fp32
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp.grad_reduce_in_fp32 = reduce_in_fp32()
    cfg.mixed_precision = bf16_mixed()
    return cfg
