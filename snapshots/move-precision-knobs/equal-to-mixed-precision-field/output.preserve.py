# intents: honor preserve report
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed


def llama3_8b_bf16_reduce_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    cfg.mixed_precision.grad_reduce_in_fp32 = False  # keep in sync
    return cfg
