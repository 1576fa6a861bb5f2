from megatron.bridge.models.conversion.auto_bridge import AutoBridge
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import (
    CheckpointConfig,
    ConfigContainer,
    DistributedDataParallelConfig,
    LoggerConfig,
    MockGPTDatasetConfig,
    OptimizerConfig,
    SchedulerConfig,
    TokenizerConfig,
    TrainingConfig,
)


def _lab_config() -> ConfigContainer:
    model = AutoBridge.from_hf_pretrained("meta-llama/Meta-Llama-3-8B").to_megatron_provider(load_weights=False)
    model.seq_length = 8192
    return ConfigContainer(
        model=model,
        train=TrainingConfig(micro_batch_size=1, global_batch_size=256, train_iters=1000),
        optimizer=OptimizerConfig(optimizer="adam", lr=3e-4),
        scheduler=SchedulerConfig(lr_decay_style="cosine"),
        ddp=DistributedDataParallelConfig(check_for_nan_in_grad=True),
        dataset=MockGPTDatasetConfig(seq_length=8192, random_seed=1234),
        logger=LoggerConfig(log_interval=10),
        tokenizer=TokenizerConfig(tokenizer_type="NullTokenizer", vocab_size=128256),
        checkpoint=CheckpointConfig(save="/checkpoints"),
        mixed_precision="bf16_mixed",
    )


def _wide(cfg: ConfigContainer) -> ConfigContainer:
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    return cfg


def wide_config() -> ConfigContainer:
    cfg = _wide(_lab_config())
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    cfg.ddp.use_distributed_optimizer = True
    cfg.ddp.overlap_grad_reduce = True
    cfg.ddp.overlap_param_gather = True
    return cfg
