from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import MixedPrecisionConfig, bf16_with_mxfp8_mixed


def llama3_8b_mxfp8_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_with_mxfp8_mixed()
    cfg.mixed_precision.fp8_param_gather = False
    cfg.mixed_precision.reuse_grad_buf_for_mxfp8_param_ag = False
    return cfg


def llama3_8b_fp8_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = MixedPrecisionConfig(bf16=True, fp8="hybrid", fp8_param_gather=True)
    return cfg
