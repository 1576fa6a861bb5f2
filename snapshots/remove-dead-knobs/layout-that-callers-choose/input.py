"""Callers may pass what makes a request count."""

from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig, userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_sized_config(tp: int = 1, sharded: bool = True, fast: bool = False) -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.model.tensor_model_parallel_size = tp
    cfg.model.sequence_parallel = tp > 1
    cfg.ddp.use_distributed_optimizer = sharded
    cfg.optimizer.use_distributed_optimizer = sharded
    cfg.ddp.overlap_grad_reduce = True
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192
    cfg.train.micro_batch_size = 1
    if fast:
        cfg.train.micro_batch_size = 4
    return cfg
