"""The literal stays the last statement before the return, as upstream's own tests want it."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.recipes.utils.environment import COMMON_RECIPE_ENV_VARS
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_pretrain_64gpu_h100_bf16_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    cfg.train.global_batch_size = 128
    # Keep process settings next to the recipe.
    cfg.env_vars = {
        **COMMON_RECIPE_ENV_VARS,
        "NVTE_FWD_LAYERNORM_SM_MARGIN": 16,
        "NVTE_BWD_LAYERNORM_SM_MARGIN": 16,
        "CUDA_DEVICE_MAX_CONNECTIONS": 1,
    }
    return cfg
