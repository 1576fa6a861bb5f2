from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def empty_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 1
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    return cfg


def wide_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 8
    cfg.model.sequence_parallel = True
    cfg.comm_overlap = CommOverlapConfig(
        overlap_grad_reduce=False,  # profile first
        tp_comm_overlap=True,
    )
    return cfg
