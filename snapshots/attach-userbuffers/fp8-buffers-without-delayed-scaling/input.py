"""No other preset fits, so that the harmful one goes, and its import with it."""

from megatron.bridge.models.gpt_provider import GPTModelProvider
from megatron.bridge.training.comm_overlap import CommOverlapConfig, userbuffers_fp8_h100_h6144_tp2_mbs2_seqlen2048
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
from megatron.bridge.training.mixed_precision import bf16_with_fp8_current_scaling_mixed


def small_h100_config() -> ConfigContainer:
    model = GPTModelProvider(
        num_layers=32,
        hidden_size=6144,
        num_attention_heads=48,
        tensor_model_parallel_size=2,
        sequence_parallel=True,
        seq_length=2048,
    )
    cfg = ConfigContainer(
        model=model,
        train=TrainingConfig(micro_batch_size=2, global_batch_size=64, train_iters=100),
        scheduler=SchedulerConfig(),
        dataset=MockGPTDatasetConfig(seq_length=8192, random_seed=1234),
        logger=LoggerConfig(),
        tokenizer=TokenizerConfig(tokenizer_type="NullTokenizer", vocab_size=1000),
        checkpoint=CheckpointConfig(),
        optimizer=OptimizerConfig(optimizer="adam", lr=3e-4),
    )
    cfg.mixed_precision = bf16_with_fp8_current_scaling_mixed()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    cfg.comm_overlap.tp_comm_overlap_cfg = userbuffers_fp8_h100_h6144_tp2_mbs2_seqlen2048
    return cfg
