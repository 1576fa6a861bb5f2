from megatron.bridge.peft.lora import LoRA
from megatron.bridge.recipes.llama import llama3_70b_sft_config
from megatron.bridge.training.config import ConfigContainer


def adapters_config() -> ConfigContainer:
    cfg = llama3_70b_sft_config()
    cfg.model.virtual_pipeline_model_parallel_size = None
    cfg.peft = LoRA(dim=16)
    return cfg
