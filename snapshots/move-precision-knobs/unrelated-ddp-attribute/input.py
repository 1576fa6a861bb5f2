from dataclasses import dataclass, field

from megatron.bridge.training.config import ConfigContainer


@dataclass
class Ddp:
    grad_reduce_in_fp32: bool = True


@dataclass
class Settings:
    ddp: Ddp = field(default_factory=Ddp)


def settings() -> Settings:
    cfg = Settings()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
