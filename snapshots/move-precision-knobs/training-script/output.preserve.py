# intents: honor preserve
import argparse

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.gpt_step import forward_step
from megatron.bridge.training.pretrain import pretrain

parser = argparse.ArgumentParser()
parser.add_argument("--iters", type=int, default=10)
args = parser.parse_args()

cfg = llama3_8b_pretrain_config()
cfg.train.train_iters = args.iters

if __name__ == "__main__":
    pretrain(cfg, forward_step)
