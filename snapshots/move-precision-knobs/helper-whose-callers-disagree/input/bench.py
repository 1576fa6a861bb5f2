from megatron.bridge.training.config import ConfigContainer


def bench(cfg: ConfigContainer) -> None:
    cfg.ddp.grad_reduce_in_fp32 = True
