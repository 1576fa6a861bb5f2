# Left alone and said: Megatron-Core overlaps p2p with an interleaved pipeline only.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def on_the_model() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.pipeline_model_parallel_size = 4
    cfg.model.virtual_pipeline_model_parallel_size = None
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.model.overlap_p2p_comm = True
    return cfg


def on_comm_overlap() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.pipeline_model_parallel_size = 4
    cfg.model.virtual_pipeline_model_parallel_size = None
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, overlap_p2p_comm=True)
    return cfg


def overlapped_and_batched() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.pipeline_model_parallel_size = 4
    cfg.model.virtual_pipeline_model_parallel_size = 2
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, batch_p2p_comm=True)
    return cfg
