from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def on_one_line() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(overlap_grad_reduce=True, grad_reduce_in_fp32=True)
    return cfg


def on_lines_of_their_own() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(
        use_distributed_optimizer=True,
        # The reduction must stay exact.
        grad_reduce_in_fp32=True,  # as in the paper
        overlap_grad_reduce=True,
    )
    return cfg


def as_the_only_argument() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(grad_reduce_in_fp32=True)
    return cfg
