from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import get_mixed_precision_config


def tabbed_config(fast=True) -> ConfigContainer:
	cfg = llama3_8b_pretrain_config()
	if fast:
		cfg.train.train_iters = 10; cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision); cfg.mixed_precision.grad_reduce_in_fp32 = False; cfg.train.eval_iters = 1  # quick
	return cfg
