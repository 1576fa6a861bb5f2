# Left alone: where comm_overlap is None the flags on ddp and the model count themselves.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config

cfg = llama3_8b_pretrain_config()
cfg.comm_overlap = None
cfg.ddp.overlap_grad_reduce = False
cfg.ddp.overlap_param_gather = False
cfg.ddp.bucket_size = 40_000_000
cfg.model.overlap_p2p_comm = False
