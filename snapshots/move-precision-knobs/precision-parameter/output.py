# intents: honor preserve
from dataclasses import replace

from megatron.bridge.recipes.utils.optimizer_utils import distributed_fused_adam_with_cosine_annealing
from megatron.bridge.training.config import (
    CheckpointConfig,
    ConfigContainer,
    DistributedDataParallelConfig,
    LoggerConfig,
    TokenizerConfig,
    TrainingConfig,
)
from megatron.bridge.training.mixed_precision import MixedPrecisionConfig, get_mixed_precision_config


def tiny_config(
    model, dataset, precision_config: MixedPrecisionConfig | str = "bf16_mixed"
) -> ConfigContainer:
    optimizer, scheduler = distributed_fused_adam_with_cosine_annealing()
    precision_config = replace(get_mixed_precision_config(precision_config), grad_reduce_in_fp32=False)
    return ConfigContainer(
        model=model,
        train=TrainingConfig(train_iters=10, global_batch_size=8, micro_batch_size=1),
        optimizer=optimizer,
        scheduler=scheduler,
        dataset=dataset,
        logger=LoggerConfig(),
        tokenizer=TokenizerConfig(tokenizer_type="NullTokenizer", vocab_size=1024),
        checkpoint=CheckpointConfig(),
        ddp=DistributedDataParallelConfig(),
        mixed_precision=precision_config,
    )
