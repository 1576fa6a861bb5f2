# intents: honor preserve
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    ddp_kwargs = {
        "overlap_grad_reduce": True,
    }
    cfg.ddp = DistributedDataParallelConfig(**ddp_kwargs)
    return cfg
