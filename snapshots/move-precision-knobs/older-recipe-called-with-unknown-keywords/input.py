# bridge: 0.2.0
from megatron.bridge.recipes.llama.llama3 import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer

from lab.settings import load_settings


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config(**load_settings())
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
