from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training import comm_overlap
from megatron.bridge.training.comm_overlap import CommOverlapConfig as Overlap
from megatron.bridge.training.comm_overlap import (
    userbuffers_bf16_b200_h8192_tp2_mbs1_seqlen8192,
    userbuffers_fp8_b200_h8192_tp2_mbs1_seqlen8192,
)
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed, bf16_with_mxfp8_mixed

from .flags import USE_FP8


def dense_b200_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 2
    if USE_FP8:
        cfg.mixed_precision = bf16_with_mxfp8_mixed()
        cfg.comm_overlap = Overlap(tp_comm_overlap=True)
        cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_fp8_b200_h8192_tp2_mbs1_seqlen8192
    else:
        cfg.mixed_precision = bf16_mixed()
        cfg.comm_overlap = comm_overlap.CommOverlapConfig(tp_comm_overlap=True)
        cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_bf16_b200_h8192_tp2_mbs1_seqlen8192
    return cfg
