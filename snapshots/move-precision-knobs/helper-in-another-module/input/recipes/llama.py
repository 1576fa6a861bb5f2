from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer

from .bench import bench


def llama3_8b_bench_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    bench(cfg)
    return cfg
