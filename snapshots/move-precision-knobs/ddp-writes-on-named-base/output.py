# intents: honor preserve report
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import get_mixed_precision_config


def my_pretrain_config() -> ConfigContainer:
    """Llama 3 8B with gradients reduced in bf16."""
    cfg = llama3_8b_pretrain_config()
    cfg.train.train_iters = 1000

    cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
    # Halve the gradient traffic.
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    cfg.mixed_precision.fp8_param_gather = False
    cfg.ddp.overlap_grad_reduce = True

    return cfg
