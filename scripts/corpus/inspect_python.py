"""What CPython says of changed files: inspect_python.py BEFORE_ROOT AFTER_ROOT, with a JSON list of paths on stdin.

Prints {path: {"error": str or null, "lostComments": [str], "imports": {"before": [[first, last]], "after": ...}}}.
"""

import ast
import collections
import io
import json
import os
import sys
import tokenize
import warnings


def comments(source):
    tokens = tokenize.tokenize(io.BytesIO(source).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def lost_comments(before, after):
    """Comments that are gone; one that became part of another comment is not."""
    kept = comments(after)
    gone = collections.Counter(comments(before)) - collections.Counter(kept)
    return sorted(text for text in gone if not any(text.lstrip("# ") in other for other in kept))


def import_lines(source):
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.Import, ast.ImportFrom)))
    return [[node.lineno, node.end_lineno] for node in nodes]


def inspect(path, before, after):
    try:
        compile(after, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}", "lostComments": [], "imports": {"before": [], "after": []}}
    spans = {"before": import_lines(before), "after": import_lines(after)}
    return {"error": None, "lostComments": lost_comments(before, after), "imports": spans}


def read(root, path):
    with open(os.path.join(root, path), "rb") as handle:
        return handle.read()


def main():
    before, after = sys.argv[1:]
    warnings.simplefilter("ignore")
    json.dump({path: inspect(path, read(before, path), read(after, path)) for path in json.load(sys.stdin)}, sys.stdout)


main()
