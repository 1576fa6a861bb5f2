from megatron.bridge.training.comm_overlap import (
    CommOverlapConfig,
    userbuffers_bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192,
)
from megatron.bridge.training.config import ConfigContainer


def overlap_all(cfg: ConfigContainer) -> None:
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192
