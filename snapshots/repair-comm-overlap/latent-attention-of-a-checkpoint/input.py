# The checkpoint has multi-latent attention, though the recipe does not say so: TP overlap would be turned off again.
from megatron.bridge import AutoBridge
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def latent_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model = AutoBridge.from_hf_pretrained("deepseek-ai/DeepSeek-V3").to_megatron_provider(load_weights=False)
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True)
    return cfg
