# intents: honor preserve
import argparse

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def configure(args: argparse.Namespace) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp.grad_reduce_in_fp32 = not args.fast
    return cfg
