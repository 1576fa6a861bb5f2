"""Containers that are returned as they are made."""

from megatron.bridge.models.gpt_provider import GPTModelProvider
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import (
    CheckpointConfig,
    ConfigContainer,
    LoggerConfig,
    MockGPTDatasetConfig,
    OptimizerConfig,
    SchedulerConfig,
    TokenizerConfig,
    TrainingConfig,
)


def tiny_config() -> ConfigContainer:
    return ConfigContainer(
        model=GPTModelProvider(num_layers=2, hidden_size=128, num_attention_heads=4),
        train=TrainingConfig(micro_batch_size=1, global_batch_size=8),
        optimizer=OptimizerConfig(),
        scheduler=SchedulerConfig(),
        dataset=MockGPTDatasetConfig(seq_length=512),
        logger=LoggerConfig(),
        tokenizer=TokenizerConfig(),
        checkpoint=CheckpointConfig(),
        comm_overlap=CommOverlapConfig(tp_comm_overlap=False, cuda_device_max_connections=8),
    )


def small_config() -> ConfigContainer:
    overlap = CommOverlapConfig(tp_comm_overlap=False, layernorm_sm_margin=16)
    return ConfigContainer(
        model=GPTModelProvider(num_layers=4, hidden_size=256, num_attention_heads=4),
        train=TrainingConfig(micro_batch_size=1, global_batch_size=8),
        optimizer=OptimizerConfig(),
        scheduler=SchedulerConfig(),
        dataset=MockGPTDatasetConfig(seq_length=512),
        logger=LoggerConfig(),
        tokenizer=TokenizerConfig(),
        checkpoint=CheckpointConfig(),
        comm_overlap=overlap,
        env_vars={"NCCL_DEBUG": "WARN"},
    )
