# intents: honor report
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def crashing_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.comm_overlap = None
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, overlap_grad_reduce=False)  # one replica only
    cfg.comm_overlap.overlap_param_gather = False
    return cfg


def plain_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 1
    cfg.comm_overlap = None
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, bucket_size=40_000_000)
    return cfg
