from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    ddp_kwargs = {"grad_reduce_in_fp32": False, "overlap_grad_reduce": True}
    print("DDP:", ddp_kwargs)
    cfg.ddp = DistributedDataParallelConfig(**ddp_kwargs)
    return cfg
