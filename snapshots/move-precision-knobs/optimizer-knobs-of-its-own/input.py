import torch

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_small_optimizer_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.optimizer.use_precision_aware_optimizer = True
    cfg.optimizer.main_params_dtype = torch.float16
    cfg.optimizer.main_grads_dtype = torch.float16
    cfg.optimizer.exp_avg_dtype = torch.float16
    return cfg
