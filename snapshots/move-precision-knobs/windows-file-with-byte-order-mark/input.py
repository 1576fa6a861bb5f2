# Équipe de nuit
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def nuit_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = "bf16_mixed"  # précision
    cfg.ddp.grad_reduce_in_fp32 = False  # réduction
    return cfg
