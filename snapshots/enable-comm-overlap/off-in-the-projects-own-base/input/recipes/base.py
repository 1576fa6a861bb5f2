from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def careful_config() -> ConfigContainer:
    """No overlap, to compare losses bit by bit."""
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=False, overlap_grad_reduce=False, overlap_param_gather=False
    )
    return cfg
