# bridge: 0.5.1
"""Before 0.6 no recipe can say it in another way."""

import os

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_serial_config() -> ConfigContainer:
    os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "1"
    cfg = llama3_70b_pretrain_config()
    return cfg
