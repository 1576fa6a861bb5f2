from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def team_ddp() -> DistributedDataParallelConfig:
    return DistributedDataParallelConfig(use_distributed_optimizer=True, grad_reduce_in_fp32=False)


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = team_ddp()
    return cfg
