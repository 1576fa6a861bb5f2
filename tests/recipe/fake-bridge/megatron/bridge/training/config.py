"""A stand-in for Bridge with the shapes that matter, run by CPython and read by the evaluator alike."""

from dataclasses import dataclass, field


@dataclass
class DistributedDataParallelConfig:
    a: object = 0
    b: object = 1
    c: object = None


@dataclass
class OptimizerConfig:
    a: object = 5
    b: object = None


@dataclass
class ConfigContainer:
    ddp: DistributedDataParallelConfig
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    mixed_precision: object = None
    comm_overlap: object = None
    env_vars: dict = field(default_factory=dict)
