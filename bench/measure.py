"""Runs a command once and prints its times, peak memory and exit code: measure.py COMMAND [ARGUMENT]...

The memory is that of the largest process among the command and its children, not their sum.
"""

import json
import resource
import subprocess
import sys
import time

KIB_PER_UNIT = 1 / 1024 if sys.platform == "darwin" else 1  # ru_maxrss is in bytes there, in KiB elsewhere


def main():
    started = time.perf_counter()
    done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    seconds = time.perf_counter() - started
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured = {
        "seconds": seconds,
        "user": usage.ru_utime,
        "mebibytes": usage.ru_maxrss * KIB_PER_UNIT / 1024,
        "code": done.returncode,
        "said": done.stderr.decode(errors="replace").strip().splitlines()[-3:],
    }
    json.dump(measured, sys.stdout)


main()
