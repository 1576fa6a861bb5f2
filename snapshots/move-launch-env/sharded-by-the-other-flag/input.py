# Left alone and said: Megatron-FSDP is turned on by either of its flags, and refuses to start with one connection.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def sharded_h100_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.dist.use_megatron_fsdp = True
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 1}
    return cfg
