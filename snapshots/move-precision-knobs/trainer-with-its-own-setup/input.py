from megatron.core.distributed import DistributedDataParallelConfig
from megatron.core.optimizer import OptimizerConfig


def configs(bf16: bool):
    optimizer = OptimizerConfig(lr=1e-4, bf16=bf16, use_distributed_optimizer=True)
    ddp = DistributedDataParallelConfig(grad_reduce_in_fp32=not bf16, use_distributed_optimizer=True)
    return optimizer, ddp
