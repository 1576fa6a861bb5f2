# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def last_of_its_kind() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(False, use_distributed_optimizer=True)
    return cfg


def followed_by_another() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(False, True)
    return cfg
