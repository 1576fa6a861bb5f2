# intents: honor preserve report
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import MixedPrecisionConfig


def llama3_8b_fp8_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = MixedPrecisionConfig(
        bf16=True,
        fp8="hybrid",
        fp8_param_gather=True,
    )
    return cfg
