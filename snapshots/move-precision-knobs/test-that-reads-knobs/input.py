from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def test_reduces_in_fp32():
    cfg: ConfigContainer = llama3_8b_pretrain_config()
    assert cfg.ddp.grad_reduce_in_fp32 is True
    assert cfg.mixed_precision == "bf16_mixed"
