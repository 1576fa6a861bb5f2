from megatron.bridge.training.config import ConfigContainer


def bench(cfg: ConfigContainer) -> None:
    cfg.train.train_iters = 50
    cfg.ddp.grad_reduce_in_fp32 = False
