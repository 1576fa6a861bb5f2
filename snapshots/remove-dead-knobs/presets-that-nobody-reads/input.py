"""User buffers where TP overlap is off, or where there is one rank."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import (
    CommOverlapConfig,
    userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192,
    userbuffers_fp8_b200_h8192_tp2_mbs1_seqlen8192,
)
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_nvfp4_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.mixed_precision = "bf16_with_nvfp4_mixed"
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_fp8_b200_h8192_tp2_mbs1_seqlen8192
    return cfg


def llama3_70b_one_rank_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 1
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=False,
        tp_comm_overlap_cfg=userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192,
    )
    return cfg


def llama3_70b_buffered_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=True,
        tp_comm_overlap_cfg=userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192,
    )
    return cfg


def llama3_70b_other_buffers_config() -> ConfigContainer:
    cfg = llama3_70b_buffered_config()
    cfg.comm_overlap.tp_comm_overlap = False
    cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_fp8_b200_h8192_tp2_mbs1_seqlen8192
    return cfg
