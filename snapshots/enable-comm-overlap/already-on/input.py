from megatron.bridge.recipes.llama import llama3_8b_pretrain_config, llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def dense_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.train.train_iters = 10
    return cfg


def asked_for_config() -> ConfigContainer:
    """Asked for, and turned off by Bridge: to repair that is another codemod's task."""
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 2
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    return cfg


def single_config() -> ConfigContainer:
    return llama3_8b_pretrain_config()
