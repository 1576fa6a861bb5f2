# bridge: 0.5.1
"""Before 0.6 the launcher's plugin sets the process up; it is told the margin that the recipe asks for."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=True, cuda_device_max_connections=1, layernorm_sm_margin=20
    )
    return cfg
