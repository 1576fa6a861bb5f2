from megatron.bridge.recipes.utils.optimizer_utils import distributed_fused_adam_with_cosine_annealing
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import (
    CheckpointConfig,
    ConfigContainer,
    DistributedDataParallelConfig,
    LoggerConfig,
    TokenizerConfig,
    TrainingConfig,
)


def tiny_config(model, dataset) -> ConfigContainer:
    optimizer, scheduler = distributed_fused_adam_with_cosine_annealing()
    return ConfigContainer(
        model=model,
        train=TrainingConfig(train_iters=10, global_batch_size=8, micro_batch_size=1),
        optimizer=optimizer,
        scheduler=scheduler,
        dataset=dataset,
        logger=LoggerConfig(),
        tokenizer=TokenizerConfig(tokenizer_type="NullTokenizer", vocab_size=1024),
        checkpoint=CheckpointConfig(),
        ddp=DistributedDataParallelConfig(
            use_distributed_optimizer=True,
            overlap_param_gather=False,
        ),
        comm_overlap=CommOverlapConfig(tp_comm_overlap=False),
        mixed_precision="bf16_mixed",
    )
