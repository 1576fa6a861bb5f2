"""Without mixed_precision and comm_overlap nothing overwrites what is written."""

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_own_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = None
    cfg.comm_overlap = None
    cfg.model.pipeline_dtype = None
    cfg.ddp.overlap_grad_reduce = True
    cfg.ddp.bucket_size = None
    return cfg
