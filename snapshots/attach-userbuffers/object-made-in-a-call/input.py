from megatron.bridge.models.conversion.auto_bridge import AutoBridge
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


def lab_h100_config() -> ConfigContainer:
    model = AutoBridge.from_hf_pretrained("Qwen/Qwen2.5-72B").to_megatron_provider(load_weights=False)
    model.tensor_model_parallel_size = 4
    model.sequence_parallel = True
    model.seq_length = 8192
    return ConfigContainer(
        model=model,
        train=TrainingConfig(micro_batch_size=1, global_batch_size=256, train_iters=100),
        scheduler=SchedulerConfig(),
        dataset=MockGPTDatasetConfig(seq_length=8192, random_seed=1234),
        logger=LoggerConfig(),
        tokenizer=TokenizerConfig(tokenizer_type="NullTokenizer", vocab_size=1000),
        checkpoint=CheckpointConfig(),
        optimizer=OptimizerConfig(optimizer="adam", lr=3e-4),
        comm_overlap=CommOverlapConfig(tp_comm_overlap=True),
        mixed_precision="bf16_mixed",
    )
