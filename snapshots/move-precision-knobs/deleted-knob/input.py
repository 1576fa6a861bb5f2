from megatron.bridge.recipes.llama import llama3_8b_pretrain_config


def dump() -> dict:
    cfg = llama3_8b_pretrain_config()
    fields = vars(cfg.ddp).copy()
    del fields["grad_reduce_in_fp32"]
    return fields
