from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def overlap_all(cfg: ConfigContainer) -> None:
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
