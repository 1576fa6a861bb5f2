from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def new_ddp_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp = DistributedDataParallelConfig(check_for_nan_in_grad=True)
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, bucket_size=80_000_000)
    cfg.ddp.use_distributed_optimizer = True
    return cfg
