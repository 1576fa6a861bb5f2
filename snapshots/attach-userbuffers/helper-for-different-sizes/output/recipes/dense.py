from megatron.bridge.recipes.llama import llama31_405b_pretrain_config, llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import (
    userbuffers_bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192,
    userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192,
)
from megatron.bridge.training.config import ConfigContainer

from recipes.overlap import overlap_all


def dense_70b_h100_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    overlap_all(cfg)
    cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192
    return cfg


def dense_405b_gb200_config() -> ConfigContainer:
    cfg = llama31_405b_pretrain_config()
    cfg.model.seq_length = 8192
    overlap_all(cfg)
    cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192
    return cfg
