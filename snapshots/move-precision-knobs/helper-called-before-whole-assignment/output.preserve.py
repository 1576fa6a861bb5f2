# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed


def _reduce_in_bf16(cfg: ConfigContainer) -> None:
    pass


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    _reduce_in_bf16(cfg)
    cfg.mixed_precision = bf16_mixed()
    return cfg
