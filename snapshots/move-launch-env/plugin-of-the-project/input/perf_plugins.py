"""The project's own plugin, kept alive after Bridge's was dropped."""


class PerfEnvPlugin:
    def __init__(self, tp_size: int = 1) -> None:
        self.tp_size = tp_size
