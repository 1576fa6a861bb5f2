# intents: honor preserve report
"""None asks for nothing, and start-up sets something else."""

import torch
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_plain_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 1
    cfg.model.pipeline_dtype = None  # one stage only
    cfg.model.context_parallel_size = 1
    cfg.ddp.use_distributed_optimizer = True
    cfg.ddp.bucket_size = None
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    return cfg
