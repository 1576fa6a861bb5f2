"""A variable that would be left without a reader: the user buffers stay."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import (
    CommOverlapConfig,
    userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192,
)
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_chosen_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    buffers = userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, tp_comm_overlap_cfg=buffers)
    return cfg
