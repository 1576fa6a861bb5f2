# Left alone and said: sequence parallelism is off explicitly, FP4 has no user buffers, MLA neither.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_with_nvfp4_mixed


def without_sequence_parallel() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = False
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    return cfg


def in_four_bits() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_with_nvfp4_mixed()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    return cfg


def latent_attention() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.multi_latent_attention = True
    cfg.model.tensor_model_parallel_size = 2
    cfg.model.sequence_parallel = True
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    return cfg
