# intents: honor preserve report
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def llama3_8b_no_pipeline_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model.pipeline_model_parallel_size = 1
    cfg.model.pipeline_dtype = None
    return cfg
