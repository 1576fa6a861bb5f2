from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer

OVERRIDES = ["ddp.grad_reduce_in_fp32=false", "model.fp8=hybrid"]


def command_line(recipe: str) -> list[str]:
    return ["python", "run_recipe.py", "--recipe", recipe, *OVERRIDES]


def llama3_8b_config() -> ConfigContainer:
    return llama3_8b_pretrain_config()
