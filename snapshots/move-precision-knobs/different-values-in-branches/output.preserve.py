# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config(precise: bool = False) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    if precise:
        pass
    else:
        pass
    return cfg
