# bridge: 0.5.1
"""Before 0.6 the launcher's plugin sets the process up."""

import nemo_run as run
from megatron.bridge.recipes.llama import llama3_70b_pretrain_config
from megatron.bridge.recipes.run_plugins import PerfEnvPlugin
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


def llama3_70b_config() -> ConfigContainer:
    cfg = llama3_70b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(
        tp_comm_overlap=True, cuda_device_max_connections=1, layernorm_sm_margin=20
    )
    return cfg


def launch(executor) -> None:
    plugins = [PerfEnvPlugin(enable_vboost=True, tp_size=4)]
    run.run(run.Script("train.py"), executor, plugins=plugins)
