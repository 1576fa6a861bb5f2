from dataclasses import dataclass

import torch
from megatron.bridge.models.gpt_provider import GPTModelProvider


@dataclass
class TinyProvider(GPTModelProvider):
    num_layers: int = 2
    bf16: bool = True
    fp8: str | None = "hybrid"
    params_dtype: torch.dtype = torch.bfloat16
