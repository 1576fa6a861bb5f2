# intents: honor preserve
from acme_recipes import acme_config
from megatron.bridge.training.config import ConfigContainer


def acme_bf16_reduce_config() -> ConfigContainer:
    cfg: ConfigContainer = acme_config()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
