# intents: honor preserve report
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def mamba_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.ddp.use_distributed_optimizer = True
    cfg.comm_overlap.overlap_grad_reduce = False
    cfg.comm_overlap.overlap_param_gather = False  # wrong results with these layers
    cfg.comm_overlap.bucket_size = 40_000_000
    return cfg
