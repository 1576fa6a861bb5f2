from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_with_nvfp4_mixed


def llama3_8b_config(nvfp4: bool = False) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    if nvfp4:
        cfg.mixed_precision = bf16_with_nvfp4_mixed()
    else:
        cfg.mixed_precision = "bf16_mixed"
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
