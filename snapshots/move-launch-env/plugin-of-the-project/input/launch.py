"""Launches with the project's own plugin."""

from perf_plugins import PerfEnvPlugin


def plugins() -> list:
    return [PerfEnvPlugin(tp_size=4)]
