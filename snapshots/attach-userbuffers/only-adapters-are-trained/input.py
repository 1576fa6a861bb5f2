from megatron.bridge.recipes.llama import llama3_70b_peft_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def lora_h100_config() -> ConfigContainer:
    cfg = llama3_70b_peft_config()
    cfg.model.sequence_parallel = True
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    return cfg
