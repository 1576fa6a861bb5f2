"""Launches every recipe."""

import nemo_run as run
from megatron.bridge.recipes.run_plugins import PerfEnvPlugin


def launch(executor) -> None:
    run.run(run.Script("train.py"), executor, plugins=[PerfEnvPlugin(enable_vboost=True)])
