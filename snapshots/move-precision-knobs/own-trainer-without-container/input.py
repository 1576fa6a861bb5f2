from megatron.bridge.models.model_provider import get_model
from megatron.core.distributed import DistributedDataParallelConfig


def build(provider):
    ddp_config = DistributedDataParallelConfig(grad_reduce_in_fp32=False, overlap_grad_reduce=True)
    return get_model(provider, ddp_config=ddp_config)
