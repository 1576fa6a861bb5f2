# intents: honor preserve report
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def full_precision_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = None
    cfg.ddp.grad_reduce_in_fp32 = True
    cfg.optimizer.loss_scale = 1024.0
    return cfg
