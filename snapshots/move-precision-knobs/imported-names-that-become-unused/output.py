# intents: honor preserve
from megatron.bridge.perf_recipes.llama.h100.llama3 import llama3_8b_pretrain_8gpu_h100_bf16_config
from megatron.bridge.training.config import ConfigContainer
from torch import float16


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_8gpu_h100_bf16_config()
    cfg.optimizer.main_params_dtype = float16
    return cfg
