"""A script sets up its own process before anything is imported: that works, and stays."""

import os

os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "1"
os.environ.setdefault("NVTE_FWD_LAYERNORM_SM_MARGIN", "16")

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.pretrain import pretrain


def set_up_process() -> None:
    os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "1"


if __name__ == "__main__":
    cfg = llama3_8b_pretrain_config()
    pretrain(cfg, None)
