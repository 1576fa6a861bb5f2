# intents: honor preserve
import torch

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.optimizer.params_dtype = torch.float32
    return cfg
