"""Launches every recipe."""

import nemo_run as run
from megatron.bridge.recipes.run_plugins import PerfEnvPlugin


def launch(executor) -> None:
    plugins = [PerfEnvPlugin(enable_vboost=True, tp_size=4, layernorm_sm_margin=20)]
    run.run(run.Script("train.py"), executor, plugins=plugins)
