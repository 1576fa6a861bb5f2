# intents: honor preserve report
from megatron.bridge.perf_recipes.llama.h100.llama3 import llama3_8b_pretrain_8gpu_h100_bf16_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_fp8_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_8gpu_h100_bf16_config()
    cfg.mixed_precision.fp8 = "hybrid"
    cfg.mixed_precision.fp8_recipe = "tensorwise"
    cfg.mixed_precision.fp8_param_gather = True
    return cfg
