# intents: honor preserve report
from megatron.bridge.perf_recipes.llama.h100.llama3 import llama3_8b_pretrain_8gpu_h100_bf16_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_8gpu_h100_bf16_config()
    cfg.ddp.overlap_grad_reduce = True
    cfg.mixed_precision.grad_reduce_in_fp32 = True
    return cfg
