"""Runs the recipe oracle once and writes what it finds in several worlds, each into a file of its own.

A world is `auto` (DP = 8), `single` (DP = 1) or a number of processes. The oracle's own --world-size takes one for all
recipes, and none for DP = 1, which needs TP*PP*CP of each.

    oracle_worlds.py ORACLE_FOLDER --bridge DIR --mlm DIR [--file LABEL=PATH] --out auto=FILE --out single=FILE …
"""

import argparse
import json
import os
import sys
import tempfile


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("oracle")
    for name in ("bridge", "mlm"):
        parser.add_argument(f"--{name}", required=True, type=os.path.abspath)
    for name in ("file", "out"):
        parser.add_argument(f"--{name}", action="append", default=[], type=pair, metavar="NAME=PATH")
    return parser.parse_args()


def pair(text):
    name, _, path = text.partition("=")
    return name, os.path.abspath(path)


def evaluate_in_all(oracle, others):
    """Makes the oracle evaluate each recipe once more in every other world, into the records of that."""
    evaluate, world_size = oracle.evaluate, oracle._world_size

    def sized(cfg, name, option):
        if option == "single":
            return world_size(cfg, name, "auto") // 8
        return world_size(cfg, name, option)

    def everywhere(name, func, mods, options):
        record = evaluate(name, func, mods, options)
        if record is not None:
            for world, records in others.items():
                quick = argparse.Namespace(**{**vars(options), "world_size": world, "no_validate": True})
                records[name] = evaluate(name, func, mods, quick)
        return record

    oracle.evaluate, oracle._world_size = everywhere, sized


def write(path, results, tree):
    """Error texts name files: without the tree's own place, two copies of it compare as equal."""
    text = json.dumps(results, sort_keys=True).replace(json.dumps(tree)[1:-1], "$BRIDGE")
    with open(path, "w", encoding="utf-8") as handle:
        handle.write(text)


def main():
    options = parse()
    sys.path.insert(0, os.path.abspath(options.oracle))
    import oracle

    (first, file), *rest = options.out
    others = {world: {} for world, _ in rest}
    evaluate_in_all(oracle, others)
    request = argparse.Namespace(
        bridge=options.bridge, mlm=options.mlm, overlay=None, world_size=first, only=None, file=options.file,
        with_package=False, full=False, no_validate=False, reverse=False, debug=False,
    )
    sys.pycache_prefix = os.path.join(tempfile.gettempdir(), "oracle-no-such-folder")
    with tempfile.TemporaryDirectory(prefix="oracle-cwd-") as folder:  # recipes use os.getcwd(); the oracle masks it
        os.chdir(folder)
        try:
            results = oracle.run(request)
        finally:
            os.chdir("/")
    write(file, results, options.bridge)
    for world, path in rest:
        kept = {name: record for name, record in others[world].items() if name in results}
        write(path, kept | {"_meta": results["_meta"]}, options.bridge)


main()
