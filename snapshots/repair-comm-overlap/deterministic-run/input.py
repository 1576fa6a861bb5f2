# Left alone: overlap is off on purpose.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def make_deterministic(cfg: ConfigContainer) -> ConfigContainer:
    cfg.model.deterministic_mode = True
    if cfg.comm_overlap is not None:
        cfg.comm_overlap.tp_comm_overlap = False
    return cfg


def repeatable_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    return make_deterministic(cfg)
