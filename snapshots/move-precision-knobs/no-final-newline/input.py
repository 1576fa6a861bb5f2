from megatron.bridge.recipes.llama import llama3_8b_pretrain_config as base

cfg = base()
cfg.ddp.grad_reduce_in_fp32 = False