# An alias of comm_overlap that is None: the field cannot be written, and the object has to be in the container.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def one_field_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.comm_overlap = None
    co = cfg.comm_overlap
    co = cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, overlap_grad_reduce=True)
    return cfg


def two_fields_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    overlap = cfg.comm_overlap
    overlap = cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    overlap.bucket_size = 40_000_000
    return cfg


def not_the_containers_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    nothing = None
    nothing.overlap_grad_reduce = True
    return cfg
