from megatron.bridge.perf_recipes.llama.h100.llama3 import llama3_8b_pretrain_8gpu_h100_bf16_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def llama3_8b_mxfp8_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_8gpu_h100_bf16_config()
    cfg.mixed_precision.fp8 = "e4m3"
    cfg.mixed_precision.fp8_recipe = "mxfp8"
    cfg.ddp = DistributedDataParallelConfig(
        use_distributed_optimizer=True,
    )
    cfg.mixed_precision.fp8_param_gather = True
    cfg.mixed_precision.reuse_grad_buf_for_mxfp8_param_ag = True
    return cfg
