from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def tabbed_config(fast=True) -> ConfigContainer:
	cfg = llama3_8b_pretrain_config()
	if fast:
		cfg.train.train_iters = 10; cfg.ddp.grad_reduce_in_fp32 = False; cfg.train.eval_iters = 1  # quick
	return cfg
