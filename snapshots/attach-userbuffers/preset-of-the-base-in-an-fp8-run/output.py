"""Bridge's own recipe attached a preset for bf16; this one trains in FP8."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import (
    userbuffers_fp8_h100_h8192_tp4_mbs1_seqlen8192,
)
from megatron.bridge.training.config import ConfigContainer


def dense_h100_fp8_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.mixed_precision = "bf16_with_fp8_delayed_scaling_mixed"
    cfg.train.train_iters = 1000
    cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_fp8_h100_h8192_tp4_mbs1_seqlen8192
    cfg.env_vars = {"NCCL_NVLS_ENABLE": 0}
    return cfg
