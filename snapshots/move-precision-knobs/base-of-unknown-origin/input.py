# intents: honor preserve
from acme_recipes import acme_config
from megatron.bridge.training.config import ConfigContainer


def annotated_result() -> ConfigContainer:
    cfg = acme_config()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg


def annotated_variable():
    cfg: ConfigContainer = acme_config()
    cfg.optimizer.loss_scale = 1024.0
    return cfg


def something_else():
    cfg = acme_config()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
