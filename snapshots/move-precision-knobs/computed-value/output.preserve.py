# intents: honor preserve
import argparse

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def configure(args: argparse.Namespace) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    return cfg
