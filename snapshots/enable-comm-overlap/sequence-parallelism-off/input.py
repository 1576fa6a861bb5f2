from megatron.bridge.models.conversion.auto_bridge import AutoBridge
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig, OptimizerConfig, TrainingConfig


def _lab_config(checkpoint: str = "meta-llama/Meta-Llama-3-8B") -> ConfigContainer:
    model = AutoBridge.from_hf_pretrained(checkpoint).to_megatron_provider(load_weights=False)
    model.seq_length = 8192
    return ConfigContainer(
        model=model,
        train=TrainingConfig(micro_batch_size=1, global_batch_size=256, train_iters=1000),
        optimizer=OptimizerConfig(optimizer="adam", lr=3e-4),
        ddp=DistributedDataParallelConfig(check_for_nan_in_grad=True),
        mixed_precision="bf16_mixed",
    )


def wide_config() -> ConfigContainer:
    cfg = __lab_config()
    cfg.ddp.use_distributed_optimizer = True
    cfg.ddp.overlap_grad_reduce = True
    cfg.ddp.overlap_param_gather = True
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = False  # the norm is not ready for it
    return cfg
