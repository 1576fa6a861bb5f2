"""Runs the recipe oracle once and writes what it finds in two worlds: DP = 8 and DP = 1.

The oracle's own --world-size takes one number for all recipes; DP = 1 needs TP*PP*CP of each.

    oracle_worlds.py ORACLE_FOLDER --bridge DIR --mlm DIR --out AUTO.json --out-single SINGLE.json
"""

import argparse
import json
import os
import sys
import tempfile


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("oracle")
    for name in ("bridge", "mlm", "out", "out-single"):
        parser.add_argument(f"--{name}", required=True, type=os.path.abspath)
    return parser.parse_args()


def evaluate_in_both(oracle, single):
    """Makes the oracle evaluate each recipe a second time at DP = 1, into `single`."""
    evaluate, world_size = oracle.evaluate, oracle._world_size

    def sized(cfg, name, option):
        return world_size(cfg, name, "auto") // (8 if option == "single" else 1)

    def both(name, func, mods, options):
        record = evaluate(name, func, mods, options)
        if record is not None:
            quick = argparse.Namespace(**{**vars(options), "world_size": "single", "no_validate": True})
            single[name] = evaluate(name, func, mods, quick)
        return record

    oracle.evaluate, oracle._world_size = both, sized


def write(path, results, tree):
    """Error texts name files: without the tree's own place, two copies of it compare as equal."""
    text = json.dumps(results, sort_keys=True).replace(json.dumps(tree)[1:-1], "$BRIDGE")
    with open(path, "w", encoding="utf-8") as handle:
        handle.write(text)


def main():
    options = parse()
    sys.path.insert(0, os.path.abspath(options.oracle))
    import oracle

    single = {}
    evaluate_in_both(oracle, single)
    request = argparse.Namespace(
        bridge=options.bridge, mlm=options.mlm, overlay=None, world_size="auto", only=None, file=[],
        with_package=False, full=False, no_validate=False, reverse=False, debug=False,
    )
    sys.pycache_prefix = os.path.join(tempfile.gettempdir(), "oracle-no-such-folder")
    with tempfile.TemporaryDirectory(prefix="oracle-cwd-") as folder:  # recipes use os.getcwd(); the oracle masks it
        os.chdir(folder)
        try:
            results = oracle.run(request)
        finally:
            os.chdir("/")
    write(options.out, results, options.bridge)
    kept = {name: record for name, record in single.items() if name in results}
    write(options.out_single, kept | {"_meta": results["_meta"]}, options.bridge)


main()
