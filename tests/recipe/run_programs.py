"""Runs recipes: JSON of sources in, for each the fields that its config ends with, or null if it raises."""

import contextlib
import dataclasses
import io
import json
import sys
import types

sys.path.insert(0, sys.argv[1])
sys.setrecursionlimit(500)


def run(source):
    module = types.ModuleType("recipe")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "recipe.py", "exec"), module.__dict__)
            config = module.recipe()
            sections = {name: dataclasses.asdict(getattr(config, name)) for name in ("ddp", "optimizer")}
    except Exception:  # noqa: BLE001
        return None
    return {
        f"{name}.{key}": value if isinstance(value, (int, str, type(None))) else {"other": repr(type(value))}
        for name, section in sections.items()
        for key, value in section.items()
    }


json.dump([run(source) for source in json.load(sys.stdin)], sys.stdout)
