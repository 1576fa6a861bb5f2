# intents: honor report
# Without a CommOverlapConfig the model's own flag goes to Transformer Engine, and nobody checks it.
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192
from megatron.bridge.training.config import ConfigContainer


def sequence_parallelism_not_mentioned_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.tp_comm_overlap = True
    cfg.model.sequence_parallel = True
    return cfg


def sequence_parallelism_off_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = False
    cfg.model.tp_comm_overlap = True
    return cfg


def one_rank_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.model.tensor_model_parallel_size = 1
    cfg.model.tp_comm_overlap = True
    return cfg


def works_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.model.tp_comm_overlap = True
    return cfg


def preset_on_the_model_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.sequence_parallel = True
    cfg.model.tp_comm_overlap = True
    cfg.model.tp_comm_overlap_cfg = userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192
    return cfg


def off_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = None
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.tp_comm_overlap = False
    return cfg
