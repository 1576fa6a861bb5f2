# Left alone and said: buckets are counted in elements, and nobody can know what was meant.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


BUCKET_MB = 200


def commented_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=False,
        bucket_size=128 * 1024 * 1024,  # 128MB
    )
    return cfg


def large_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False, bucket_size=768_000_000)
    return cfg


def named_config(bucket_bytes: int = 40_000_000) -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=False)
    cfg.comm_overlap.bucket_size = bucket_bytes
    return cfg
