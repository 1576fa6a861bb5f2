from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.training import comm_overlap
from megatron.bridge.training.config import ConfigContainer


def dense_h100_config(precision: str = "bf16") -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    plan = getattr(comm_overlap, f"userbuffers_{precision}_h100_h8192_tp4_mbs1_seqlen8192")
    cfg.comm_overlap = comm_overlap.CommOverlapConfig(tp_comm_overlap=True, tp_comm_overlap_cfg=plan)
    return cfg
