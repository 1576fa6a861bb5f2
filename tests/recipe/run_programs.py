"""Runs recipes: JSON of programs in, for each the fields that its config ends with, or null if it raises.

A program is a map of file names to texts; `recipe.py` holds the recipe. Each sees modules of its own: what one does to
a class, the next does not find.
"""

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import math
import os
import sys

FAKE = sys.argv[1]
FIELDS = {"ddp": "abc", "optimizer": "ab"}

sys.setrecursionlimit(500)


class Files(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports the modules of a program from their texts."""

    def __init__(self, files):
        self.files = files

    def path_of(self, name):
        path = name.replace(".", "/")
        return next((one for one in (f"{path}.py", f"{path}/__init__.py") if one in self.files), None)

    def find_spec(self, name, path=None, target=None):
        found = self.path_of(name)
        return found and importlib.util.spec_from_loader(name, self, origin=found, is_package=self.is_package(name))

    def is_package(self, name):
        return self.path_of(name).endswith("__init__.py")

    def get_source(self, name):
        return self.files[self.path_of(name)]


def plain(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if type(value) is int:
        return value if abs(value) < 2**53 else {"other": str(value)}
    if isinstance(value, float):
        return value if math.isfinite(value) else {"other": str(value)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return {"other": repr(type(value))}


def run(files):
    known, environment = set(sys.modules), dict(os.environ)
    sys.meta_path.insert(0, Files(files))
    sys.path.insert(0, FAKE)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            config = importlib.import_module("recipe").recipe()
        return {
            f"{section}.{name}": plain(getattr(getattr(config, section), name))
            for section, names in FIELDS.items()
            for name in names
        }
    except Exception:  # noqa: BLE001
        return None
    finally:
        del sys.meta_path[0], sys.path[0]
        own = {name.replace("/", ".").removesuffix(".py").removesuffix(".__init__") for name in files}
        for name in set(sys.modules) - known:
            if name in own or name.split(".")[0] in ("megatron", "recipe"):
                del sys.modules[name]
        os.environ.clear()
        os.environ.update(environment)


json.dump([run(files) for files in json.load(sys.stdin)], sys.stdout)
