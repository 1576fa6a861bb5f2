from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import MixedPrecisionConfig


def llama3_8b_config(precision: MixedPrecisionConfig | str | None = "bf16_mixed") -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = precision
    cfg.model.pipeline_dtype = None
    return cfg
