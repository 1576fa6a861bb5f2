# Left alone: no ConfigContainer holds this configuration, so that no comm_overlap is applied to it.
from megatron.core.distributed import DistributedDataParallelConfig


def make_ddp_config() -> DistributedDataParallelConfig:
    return DistributedDataParallelConfig(overlap_grad_reduce=False, use_distributed_optimizer=True)
