from megatron.bridge.recipes.llama import llama3_8b_pretrain_config as base
from megatron.bridge.training.mixed_precision import get_mixed_precision_config

cfg = base()
cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
cfg.mixed_precision.grad_reduce_in_fp32 = False