from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def continued_config(fast: bool = True) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp.grad_reduce_in_fp32 = \
        not fast
    cfg.ddp.reuse_grad_buf_for_mxfp8_param_ag = (
        False  # only for MXFP8
    )
    return cfg
