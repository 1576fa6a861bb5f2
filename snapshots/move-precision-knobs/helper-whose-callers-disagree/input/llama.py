from bench import bench
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import fp16_mixed


def fp16_bench_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = fp16_mixed()
    bench(cfg)
    return cfg


def fp32_bench_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = None
    bench(cfg)
    return cfg
