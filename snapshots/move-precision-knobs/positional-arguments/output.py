# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig
from megatron.bridge.training.mixed_precision import get_mixed_precision_config


def last_of_its_kind() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(use_distributed_optimizer=True)
    cfg.mixed_precision = get_mixed_precision_config(cfg.mixed_precision)
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    return cfg


def followed_by_another() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(False, True)
    return cfg
