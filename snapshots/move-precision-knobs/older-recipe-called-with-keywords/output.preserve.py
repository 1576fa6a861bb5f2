# bridge: 0.2.0rc6
# intents: honor preserve
from megatron.bridge.recipes.llama.llama3 import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config(precision_config="bf16_mixed", global_batch_size=256)
    return cfg
