"""Unpacks the one wheel in a folder into another: unpack.py WHEEL_FOLDER TARGET."""

import pathlib
import sys
import zipfile


def main():
    folder, target = map(pathlib.Path, sys.argv[1:])
    wheels = sorted(folder.glob("*.whl"))
    if len(wheels) != 1:
        sys.exit(f"{folder}: expected one wheel, found {len(wheels)}")
    with zipfile.ZipFile(wheels[0]) as archive:
        archive.extractall(target)


main()
