"""A helper is judged by all who call it: here one of them has two ranks, and there nobody has."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def overlap(cfg: ConfigContainer) -> None:
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)


def overlap_alone(cfg: ConfigContainer) -> None:
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)


def llama3_8b_one_rank_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 1
    overlap(cfg)
    return cfg


def llama3_8b_two_ranks_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 2
    cfg.model.sequence_parallel = True
    overlap(cfg)
    return cfg


def llama3_8b_alone_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 1
    overlap_alone(cfg)
    return cfg
