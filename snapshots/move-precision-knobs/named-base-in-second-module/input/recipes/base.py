from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def team_base() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = "bf16_with_mxfp8_mixed"
    return cfg
