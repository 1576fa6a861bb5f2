# bridge: 0.3.1
"""Where nothing in sight launches the recipe, a person has to say it there."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, layernorm_sm_margin=20)
    return cfg
