# intents: honor preserve report
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    reduce_in_fp32 = False
    if not isinstance(cfg.mixed_precision, str):
        cfg.mixed_precision.grad_reduce_in_fp32 = reduce_in_fp32
    cfg.ddp.grad_reduce_in_fp32 = reduce_in_fp32
    return cfg
