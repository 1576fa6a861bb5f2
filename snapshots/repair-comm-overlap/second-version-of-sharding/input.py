# bridge: 0.7.0.dev0
# The second version of Megatron-FSDP turns both overlaps off; with it one connection is allowed.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def sharded_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.ddp.use_megatron_fsdp = True
    cfg.ddp.megatron_fsdp_version = 2
    cfg.ddp.overlap_grad_reduce = True
    cfg.ddp.overlap_param_gather = True
    cfg.optimizer.overlap_param_gather = True
    cfg.env_vars = {"CUDA_DEVICE_MAX_CONNECTIONS": 1}
    return cfg
