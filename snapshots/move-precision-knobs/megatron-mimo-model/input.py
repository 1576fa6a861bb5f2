from megatron.bridge.models.megatron_mimo.megatron_mimo_provider import MegatronMIMOProvider
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def vision_language_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model = MegatronMIMOProvider()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
