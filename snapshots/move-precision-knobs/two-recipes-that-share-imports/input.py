import torch
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config, llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def small() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.pipeline_dtype = torch.bfloat16
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg


def large() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.model.pipeline_dtype = torch.bfloat16
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
