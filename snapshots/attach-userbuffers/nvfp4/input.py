from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def dense_gb200_nvfp4_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.mixed_precision = "bf16_with_nvfp4_mixed"
    return cfg
