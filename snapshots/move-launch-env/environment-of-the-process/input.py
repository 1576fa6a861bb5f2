# intents: honor report
"""Recipes that set the environment of whoever builds them."""

import os

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_serial_config() -> ConfigContainer:
    os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "1"  # TP needs it
    cfg = llama3_70b_pretrain_config()
    cfg.train.train_iters = 1000
    return cfg


def llama3_70b_margin_config(debug: bool = False) -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    if debug:
        os.environ.setdefault("CUDA_DEVICE_MAX_CONNECTIONS", "1")
    cfg.train.train_iters = 1000
    os.putenv("NVTE_FWD_LAYERNORM_SM_MARGIN", "16")
    os.environ["NVTE_BWD_LAYERNORM_SM_MARGIN"] = "16"
    return cfg
