# bridge: 0.2.0rc6
# intents: honor preserve
from megatron.bridge.recipes.llama.llama3 import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import get_mixed_precision_config


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config(precision_config="bf16_mixed", global_batch_size=256)
    cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg
