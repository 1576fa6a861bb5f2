from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config(overrides: dict[str, bool]) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    for name, value in overrides.items():
        setattr(cfg.ddp, name, value)
    return cfg
