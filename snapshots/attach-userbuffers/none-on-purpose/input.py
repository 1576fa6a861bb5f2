from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def defaults_h100_config() -> ConfigContainer:
    """Transformer Engine's own defaults were faster here."""
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap.tp_comm_overlap_cfg = None
    return cfg
