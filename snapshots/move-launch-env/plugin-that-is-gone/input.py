"""A launcher from before 0.6."""

import nemo_run as run
from megatron.bridge.recipes.run_plugins import NsysPlugin, PerfEnvPlugin


def plugins(tp: int) -> list:
    return [PerfEnvPlugin(layernorm_sm_margin=20, tp_size=tp, cp_size=2), NsysPlugin(profile_step_start=5)]


def launch(executor) -> None:
    run.run(run.Script("train.py"), executor, plugins=[*plugins(4), PerfEnvPlugin()])
