"""The variable holds what breaks one of the two runs: which preset is meant is not for us to say."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import (
    CommOverlapConfig,
    userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192,
    userbuffers_fp8_h100_h8192_tp4_mbs1_seqlen8192,
)
from megatron.bridge.training.config import ConfigContainer

from .flags import USE_RING


def dense_h100_fp8_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.mixed_precision = "bf16_with_fp8_delayed_scaling_mixed"
    if USE_RING:
        plan = userbuffers_fp8_h100_h8192_tp4_mbs1_seqlen8192
    else:
        plan = userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, tp_comm_overlap_cfg=plan)
    return cfg
