"""A limit on what is not deferred."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_limit_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, wgrad_deferral_limit=22)
    return cfg


def llama3_70b_deferring_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=True, defer_embedding_wgrad_compute=True, wgrad_deferral_limit=22
    )
    return cfg
