"""NVFP4, determinism, multi-latent attention, adapters, FSDP: each for a reason of its own."""

from megatron.bridge.recipes.deepseek import deepseek_v3_pretrain_config
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config, llama3_70b_peft_config
from megatron.bridge.training.config import ConfigContainer


def nvfp4_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.mixed_precision = "bf16_with_nvfp4_mixed"
    return cfg


def deterministic_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.model.deterministic_mode = True
    return cfg


def latent_config() -> ConfigContainer:
    cfg = deepseek_v3_pretrain_config()
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.virtual_pipeline_model_parallel_size = None
    return cfg


def adapters_config() -> ConfigContainer:
    cfg = llama3_70b_peft_config()
    cfg.model.sequence_parallel = True
    return cfg


def sharded_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.ddp.use_megatron_fsdp = True
    cfg.ddp.overlap_param_gather = False
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    return cfg
