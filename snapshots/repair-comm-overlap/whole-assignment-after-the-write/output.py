from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def assigned_last() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    ddp = cfg.ddp
    ddp.average_in_collective = False
    if cfg.model.tensor_model_parallel_size > 1:
        cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    else:
        cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.comm_overlap.overlap_param_gather = False
    return cfg
