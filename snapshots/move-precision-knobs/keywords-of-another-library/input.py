from fairscale.config import DistributedDataParallelConfig
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config


def ddp_settings():
    return DistributedDataParallelConfig(grad_reduce_in_fp32=False)


def base():
    return llama3_8b_pretrain_config()
