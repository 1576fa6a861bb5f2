# intents: honor preserve report
"""A recipe that takes launch-time settings for fields of CommOverlapConfig."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_h100_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=True,
        cuda_device_max_connections=1,  # keeps kernels in order
        layernorm_sm_margin=20,
    )
    cfg.train.train_iters = 1000
    return cfg


def llama3_70b_h100_long_config() -> ConfigContainer:
    cfg = llama3_70b_h100_config()
    cfg.train.train_iters = 100_000
    return cfg
