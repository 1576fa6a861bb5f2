# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed


def llama3_8b_config(plain: bool = False) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    if plain:
        return cfg
    cfg.mixed_precision = bf16_mixed()
    return cfg
