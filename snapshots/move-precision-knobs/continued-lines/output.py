from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import get_mixed_precision_config


def continued_config(fast: bool = True) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
    cfg.mixed_precision.grad_reduce_in_fp32 = \
        not fast
    cfg.mixed_precision.reuse_grad_buf_for_mxfp8_param_ag = (
        False  # only for MXFP8
    )
    return cfg
