from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def off_by_hand() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.pipeline_model_parallel_size = 4
    cfg.model.virtual_pipeline_model_parallel_size = 2
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.model.overlap_p2p_comm = False
    return cfg
