# intents: honor preserve report
from megatron.bridge.training.config import ConfigContainer


def apply_team_defaults(cfg: ConfigContainer) -> None:
    cfg.train.train_iters = 50
    cfg.ddp.grad_reduce_in_fp32 = False
    cfg.ddp.overlap_grad_reduce = True
