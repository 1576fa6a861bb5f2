# Recipes that are hard to follow: numbers, texts and collections. One program per `# %%`.

# %% integers beyond 2 ** 53
def recipe():
    cfg = make()
    cfg.ddp.a = 2 ** 53 + 1 == 2 ** 53
    cfg.ddp.b = str(2 ** 70)
    cfg.ddp.c = (9007199254740993 - 9007199254740992)
    cfg.optimizer.a = 3 ** 40 % 10
    return cfg

# %% floats and integers print differently
def recipe():
    cfg = make()
    cfg.ddp.a = str(6 / 2)
    cfg.ddp.b = f"{4.0}"
    cfg.ddp.c = f"{2 * 1.0}-{1e3}"
    cfg.optimizer.a = str(1.0 // 1)
    cfg.optimizer.b = "%s" % 2.0
    return cfg

# %% repr of floats
def recipe():
    cfg = make()
    cfg.ddp.a = str(1e16)
    cfg.ddp.b = str(1e-5)
    cfg.ddp.c = str(0.1 + 0.2)
    cfg.optimizer.a = f"{1e22}"
    cfg.optimizer.b = f"{float(10)}"
    return cfg

# %% negative zero, nan and infinities
def recipe():
    cfg = make()
    nan = float("nan")
    cfg.ddp.a = 1 if nan == nan else 2
    cfg.ddp.b = str(-0.0)
    cfg.ddp.c = 1 if -0.0 == 0 else 2
    cfg.optimizer.a = float("inf") > 10 ** 300
    cfg.optimizer.b = str(0 * -1)
    return cfg

# %% nan in a list
def recipe():
    cfg = make()
    nan = float("nan")
    cfg.ddp.a = 1 if nan in [nan] else 2
    cfg.ddp.b = 1 if [nan] == [nan] else 2
    cfg.ddp.c = max(nan, 1) == 1
    return cfg

# %% floor division and modulo of negatives
def recipe():
    cfg = make()
    cfg.ddp.a = -7 // 2
    cfg.ddp.b = -7 % 3
    cfg.ddp.c = 7 % -3
    cfg.optimizer.a = -7.5 // 2
    cfg.optimizer.b = divmod(-7, 2)[1]
    return cfg

# %% modulo of floats
def recipe():
    cfg = make()
    cfg.ddp.a = 5.5 % 2
    cfg.ddp.b = 1e17 % 3
    cfg.ddp.c = 0.3 % 0.1
    cfg.optimizer.a = -1e-20 % 1
    cfg.optimizer.b = 1 // 0.1
    return cfg

# %% powers
def recipe():
    cfg = make()
    cfg.ddp.a = 2 ** -1
    cfg.ddp.b = (-8) ** 2
    cfg.ddp.c = -2 ** 2
    cfg.optimizer.a = 2 ** 3 ** 2
    cfg.optimizer.b = str((-8) ** 0.5)[:1]
    return cfg

# %% power rounds as C does
def recipe():
    cfg = make()
    cfg.ddp.a = 10 ** -5
    cfg.ddp.b = 0.1 ** 3
    cfg.ddp.c = 1.1 ** 10
    cfg.optimizer.a = 5 ** 0.5
    cfg.optimizer.b = 10 ** -7 * 3
    return cfg

# %% shifts and bits
def recipe():
    cfg = make()
    cfg.ddp.a = 1 << 20
    cfg.ddp.b = -5 >> 1
    cfg.ddp.c = 5 & 3 | 8
    cfg.optimizer.a = 5 ^ 1
    cfg.optimizer.b = ~5
    return cfg

# %% shifts of texts of numbers and negative shifts
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = 1 << -1
    except ValueError:
        cfg.ddp.a = 5
    return cfg

# %% bits of truth values stay truth values
def recipe():
    cfg = make()
    cfg.ddp.a = True & False
    cfg.ddp.b = (True | False) is True
    cfg.ddp.c = str(True & True)
    cfg.optimizer.a = True ^ True
    cfg.optimizer.b = str(True + True)
    return cfg

# %% truth values are numbers
def recipe():
    cfg = make()
    cfg.ddp.a = True + 1
    cfg.ddp.b = sum([True, False, True])
    cfg.ddp.c = {1: "one", True: "true"}[1]
    cfg.optimizer.a = ["no", "yes"][True]
    cfg.optimizer.b = 1 == True
    return cfg

# %% 1, 1.0 and True are one key
def recipe():
    cfg = make()
    table = {1: "a"}
    table[1.0] = "b"
    table[True] = "c"
    cfg.ddp.a = len(table)
    cfg.ddp.b = table[1]
    cfg.ddp.c = True in table
    cfg.optimizer.a = len({1, 1.0, True})
    cfg.optimizer.b = table.get(0, "none")
    return cfg

# %% 0 and False as keys
def recipe():
    cfg = make()
    table = {False: 5}
    cfg.ddp.a = table[0]
    cfg.ddp.b = 0 in table
    cfg.ddp.c = table.get(0)
    cfg.optimizer.a = {0: 1}.get(False, 9)
    return cfg

# %% tuples of numbers as keys
def recipe():
    cfg = make()
    table = {(1, 2): "x"}
    cfg.ddp.a = table.get((True, 2.0), "missing")
    return cfg

# %% identity of small numbers and texts
def recipe():
    cfg = make()
    a = 256
    b = 256
    cfg.ddp.a = a is b
    cfg.ddp.b = 1 if True is 1 else 2
    cfg.ddp.c = None is None
    cfg.optimizer.a = 1 if 1 is 1.0 else 2
    return cfg

# %% identity of computed values
def recipe():
    cfg = make()
    x = 1000
    y = x + 0
    cfg.ddp.a = 1 if y is x else 2
    s = "ab"
    t = "".join(["a", "b"])
    cfg.ddp.b = 1 if s is t else 2
    cfg.ddp.c = 1 if [] is [] else 2
    u = (1, x)
    v = (1, y)
    cfg.optimizer.a = 1 if u is v else 2
    cfg.optimizer.b = 1 if float("1.5") is float("1.5") else 2
    return cfg

# %% int() of texts
def recipe():
    cfg = make()
    cfg.ddp.a = int("0x10", 16)
    cfg.ddp.b = int("1_000")
    cfg.ddp.c = int(" 12 ")
    cfg.optimizer.a = int("-3")
    cfg.optimizer.b = int("+4")
    return cfg

# %% int() refuses what JavaScript takes
def attempt(text):
    try:
        return int(text)
    except ValueError:
        return "no"
def recipe():
    cfg = make()
    cfg.ddp.a = attempt("0x10")
    cfg.ddp.b = attempt("1e3")
    cfg.ddp.c = attempt("1.5")
    cfg.optimizer.a = attempt("0b1")
    cfg.optimizer.b = attempt("")
    return cfg

# %% float() refuses what JavaScript takes
def attempt(text):
    try:
        return float(text)
    except ValueError:
        return "no"
def recipe():
    cfg = make()
    cfg.ddp.a = attempt("0x10")
    cfg.ddp.b = attempt("1e3")
    cfg.ddp.c = attempt("1_0.5")
    cfg.optimizer.a = attempt("Infinity") > 5
    cfg.optimizer.b = attempt(".")
    return cfg

# %% int() truncates, round() to even
def recipe():
    cfg = make()
    cfg.ddp.a = int(-2.7)
    cfg.ddp.b = round(2.5)
    cfg.ddp.c = round(-1.5)
    cfg.optimizer.a = round(1.25, 1)
    cfg.optimizer.b = int(1e3)
    return cfg

# %% int() of a large float
def recipe():
    cfg = make()
    cfg.ddp.a = int(1e20) == 10 ** 20
    cfg.ddp.b = str(int(1e20))
    cfg.ddp.c = int(float(2 ** 60)) % 7
    return cfg

# %% division always gives a float
def recipe():
    cfg = make()
    cfg.ddp.a = isinstance(4 / 2, int)
    cfg.ddp.b = isinstance(4 // 2, int)
    cfg.ddp.c = type(4 * 1.0) is float
    cfg.optimizer.a = [1, 2, 3][4 // 2]
    try:
        cfg.optimizer.b = [1, 2, 3][4 / 2]
    except TypeError:
        cfg.optimizer.b = "float"
    return cfg

# %% range() and "x" * n refuse floats
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = len(range(4 / 2))
    except TypeError:
        cfg.ddp.a = "float"
    try:
        cfg.ddp.b = "x" * (4 / 2)
    except TypeError:
        cfg.ddp.b = "float"
    return cfg

# %% what raises in arithmetic
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = 1 / 0
    except ZeroDivisionError:
        cfg.ddp.a = "zero"
    try:
        cfg.ddp.b = "a" + 1
    except TypeError:
        cfg.ddp.b = "type"
    try:
        cfg.ddp.c = None + 1
    except TypeError:
        cfg.ddp.c = "none"
    try:
        cfg.optimizer.a = 1 < "a"
    except TypeError:
        cfg.optimizer.a = "order"
    return cfg

# %% comparing None raises
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = cfg.ddp.c > 1
    except TypeError:
        cfg.ddp.a = "none"
    return cfg

# %% what raises in calls
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = len(5)
    except TypeError:
        cfg.ddp.a = "len"
    try:
        cfg.ddp.b = int(None)
    except TypeError:
        cfg.ddp.b = "int"
    try:
        cfg.ddp.c = None()
    except TypeError:
        cfg.ddp.c = "call"
    try:
        cfg.optimizer.a = 5[0]
    except TypeError:
        cfg.optimizer.a = "item"
    try:
        for x in 5:
            pass
    except TypeError:
        cfg.optimizer.b = "iter"
    return cfg

# %% chained comparison
def recipe():
    cfg = make()
    cfg.ddp.a = 1 < 2 < 3
    cfg.ddp.b = 1 < 3 > 2
    cfg.ddp.c = 1 < 2 == True
    cfg.optimizer.a = 3 > 2 in [2]
    cfg.optimizer.b = 1 == 1 != 2
    return cfg

# %% a chained comparison evaluates its middle once, and stops
def recipe():
    cfg = make()
    calls = []
    def note(value):
        calls.append(value)
        return value
    cfg.ddp.a = note(1) < note(0) < note(5)
    cfg.ddp.b = len(calls)
    return cfg

# %% and, or and not give operands
def recipe():
    cfg = make()
    cfg.ddp.a = 0 or "x"
    cfg.ddp.b = 1 and []
    cfg.ddp.c = None or 0 or ""
    cfg.optimizer.a = not []
    cfg.optimizer.b = 0 and undefined_name
    return cfg

# %% slices
def recipe():
    cfg = make()
    items = [0, 1, 2, 3, 4]
    cfg.ddp.a = items[-2:]
    cfg.ddp.b = items[::-1]
    cfg.ddp.c = items[1:-1:2]
    cfg.optimizer.a = items[10:]
    cfg.optimizer.b = items[-10:2]
    return cfg

# %% slices with None and truth values
def recipe():
    cfg = make()
    items = [0, 1, 2, 3, 4]
    n = None
    cfg.ddp.a = items[n:2]
    cfg.ddp.b = items[True:]
    cfg.ddp.c = "hello"[n:-1]
    cfg.optimizer.a = "hello"[-3:-1]
    cfg.optimizer.b = items[3:1]
    return cfg

# %% slices of texts beyond the basic plane
def recipe():
    cfg = make()
    text = "a\U0001F600b"
    cfg.ddp.a = len(text)
    cfg.ddp.b = text[1:]
    cfg.ddp.c = text[-1]
    cfg.optimizer.a = text[2]
    return cfg

# %% slice assignment and deletion
def recipe():
    cfg = make()
    items = [0, 1, 2, 3]
    items[1:3] = [9]
    cfg.ddp.a = items
    del items[0]
    cfg.ddp.b = len(items)
    items[:] = []
    cfg.ddp.c = len(items)
    return cfg

# %% negative indices
def recipe():
    cfg = make()
    items = [1, 2, 3]
    items[-1] = 9
    cfg.ddp.a = items[2]
    try:
        items[5] = 1
    except IndexError:
        cfg.ddp.b = "range"
    try:
        items[-4]
    except IndexError:
        cfg.ddp.c = "range"
    return cfg

# %% an index that is True
def recipe():
    cfg = make()
    items = [1, 2]
    items[True] = 7
    items[False] = 6
    cfg.ddp.a = items
    cfg.ddp.b = items[cfg.ddp.a == 0]
    return cfg

# %% unpacking
def recipe():
    cfg = make()
    a, (b, *c), d = 1, (2, 3, 4), 5
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = b, len(c), d
    *cfg.optimizer.a, last = "xyz"
    cfg.optimizer.b = last
    return cfg

# %% unpacking the wrong number raises
def recipe():
    cfg = make()
    try:
        a, b = 1, 2, 3
        cfg.ddp.a = a
    except ValueError:
        cfg.ddp.a = "many"
    try:
        a, b = (1,)
        cfg.ddp.b = a
    except ValueError:
        cfg.ddp.b = "few"
    return cfg

# %% swapping
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = cfg.ddp.b, cfg.ddp.a
    items = [1, 2]
    i = 0
    i, items[i] = 1, 9
    cfg.ddp.c = items
    return cfg

# %% order of evaluation in assignments
def recipe():
    cfg = make()
    log = []
    def f(x):
        log.append(x)
        return {"k": x}
    f(1)["k"] = f(2)["k"]
    cfg.ddp.a = log
    return cfg

# %% dict order and duplicates
def recipe():
    cfg = make()
    table = {"a": 1, "b": 2, "a": 3}
    cfg.ddp.a = list(table)
    cfg.ddp.b = list(table.values())
    table["a"] = 9
    del table["b"]
    table["b"] = 4
    cfg.ddp.c = list(table.items())[-1][1]
    return cfg

# %% dict merge keeps the place of the left
def recipe():
    cfg = make()
    merged = {"a": 1, "b": 2} | {"a": 3, "c": 4}
    cfg.ddp.a = list(merged)
    cfg.ddp.b = merged["a"]
    merged |= {"d": 5}
    cfg.ddp.c = len(merged)
    return cfg

# %% |= changes the dict that others see
def recipe():
    cfg = make()
    one = {"a": 1}
    two = one
    one |= {"a": 2}
    cfg.ddp.a = two["a"]
    return cfg

# %% *= changes the list that others see
def recipe():
    cfg = make()
    one = [1]
    two = one
    one *= 3
    cfg.ddp.a = len(two)
    return cfg

# %% [[]] * n shares
def recipe():
    cfg = make()
    grid = [[]] * 3
    grid[0].append(1)
    cfg.ddp.a = len(grid[2])
    cfg.ddp.b = dict.fromkeys(["a", "b"], 1)["b"]
    return cfg

# %% dict methods
def recipe():
    cfg = make()
    table = {"a": 1}
    cfg.ddp.a = table.setdefault("a", 5)
    cfg.ddp.b = table.setdefault("b", 6)
    cfg.ddp.c = table.pop("zz", None)
    cfg.optimizer.a = table.popitem()[1]
    cfg.optimizer.b = len(table)
    return cfg

# %% dict.update with pairs and keywords
def recipe():
    cfg = make()
    table = {"a": 1}
    table.update([("b", 2)], a=5)
    cfg.ddp.a = table["a"]
    cfg.ddp.b = table["b"]
    return cfg

# %% dict() of pairs, zip and comprehension
def recipe():
    cfg = make()
    cfg.ddp.a = dict([("x", 1)])["x"]
    cfg.ddp.b = dict(zip("ab", (3, 4)))["b"]
    cfg.ddp.c = {k: v for k, v in {"a": 1}.items() if v}["a"]
    return cfg

# %% views are live
def recipe():
    cfg = make()
    table = {"a": 1}
    keys = table.keys()
    items = table.items()
    table["b"] = 2
    cfg.ddp.a = len(keys)
    cfg.ddp.b = len(list(items))
    cfg.ddp.c = "b" in keys
    return cfg

# %% a dict changed while it is walked raises
def recipe():
    cfg = make()
    table = {"a": 1}
    try:
        for key in table:
            table[key + "x"] = 1
    except RuntimeError:
        cfg.ddp.a = "changed"
    return cfg

# %% a list changed while it is walked goes on
def recipe():
    cfg = make()
    items = [1, 2, 3]
    seen = []
    for item in items:
        seen.append(item)
        if item < 3:
            items.append(item + 10)
        if len(seen) > 10:
            break
    cfg.ddp.a = seen
    return cfg

# %% a list shrunk while it is walked skips
def recipe():
    cfg = make()
    items = [1, 2, 3, 4]
    for item in items:
        items.remove(item)
    cfg.ddp.a = items
    return cfg

# %% a set has no order that counts
def recipe():
    cfg = make()
    items = {3, 1, 2}
    cfg.ddp.a = sorted(items)
    cfg.ddp.b = len(items | {9})
    cfg.ddp.c = items & {1}  == {1}
    cfg.optimizer.a = {1, 2} == {2, 1}
    cfg.optimizer.b = 2 in items
    return cfg

# %% a set is walked in the order of hashes
def recipe():
    cfg = make()
    for item in {33, 1, 2}:
        cfg.ddp.a = item
    cfg.ddp.b = list({16, 1})[0]
    cfg.ddp.c = max({5, 3}, key=lambda v: -v)
    return cfg

# %% set.pop and list(set)
def recipe():
    cfg = make()
    items = {5}
    cfg.ddp.a = items.pop()
    cfg.ddp.b = len(items)
    return cfg

# %% list methods
def recipe():
    cfg = make()
    items = [3, 1, 2]
    items.insert(0, 9)
    items.sort()
    cfg.ddp.a = items
    items.reverse()
    cfg.ddp.b = items[0]
    cfg.ddp.c = items.index(1)
    cfg.optimizer.a = items.count(1)
    cfg.optimizer.b = items.pop(0)
    return cfg

# %% list.insert with negative and large positions
def recipe():
    cfg = make()
    items = [1, 2]
    items.insert(-1, 9)
    items.insert(100, 8)
    items.insert(-100, 7)
    cfg.ddp.a = items
    return cfg

# %% pop from the middle, and beyond
def recipe():
    cfg = make()
    items = [1, 2, 3]
    cfg.ddp.a = items.pop(-2)
    try:
        items.pop(7)
    except IndexError:
        cfg.ddp.b = "range"
    cfg.ddp.c = items
    return cfg

# %% list.extend with other kinds
def recipe():
    cfg = make()
    items = [1]
    items.extend({"k": 2})
    items.extend("ab")
    items.extend(x for x in (5,))
    cfg.ddp.a = items
    items += (6,)
    cfg.ddp.b = len(items)
    return cfg

# %% sorted with key and reverse
def recipe():
    cfg = make()
    cfg.ddp.a = sorted([3, 1, 2], reverse=True)
    cfg.ddp.b = sorted(["bb", "a"], key=len)[0]
    cfg.ddp.c = sorted([(2, "a"), (1, "b")])[0][1]
    cfg.optimizer.a = max(["aaa", "b"], key=len)
    cfg.optimizer.b = min([], default=4)
    return cfg

# %% sorted of texts goes by code points
def recipe():
    cfg = make()
    cfg.ddp.a = sorted(["b", "A", "a", "B", "_"])
    cfg.ddp.b = "Z" < "a"
    cfg.ddp.c = sorted(["\uffff", "\U00010000"])[0] == "\uffff"
    return cfg

# %% sorted of numbers and truth values
def recipe():
    cfg = make()
    cfg.ddp.a = sorted([10, 9, 1])
    cfg.ddp.b = sorted([2, True, 0.5])
    return cfg

# %% max of equal values gives the first
def recipe():
    cfg = make()
    cfg.ddp.a = str(max(1, True))
    cfg.ddp.b = str(min(True, 1))
    cfg.ddp.c = max("b", "a")
    cfg.optimizer.a = max([1, 2], [1, 3])[1]
    cfg.optimizer.b = max((1, 2))
    return cfg

# %% any, all, sum with start
def recipe():
    cfg = make()
    cfg.ddp.a = any([0, "", None])
    cfg.ddp.b = all([])
    cfg.ddp.c = sum([1, 2], 10)
    cfg.optimizer.a = sum([[1], [2]], [])
    cfg.optimizer.b = all(x for x in (1, 2))
    return cfg

# %% zip stops at the shortest; strict raises
def recipe():
    cfg = make()
    cfg.ddp.a = len(list(zip([1, 2, 3], [1])))
    cfg.ddp.b = dict(enumerate("ab", start=1))[1]
    cfg.ddp.c = list(reversed((1, 2)))[0]
    try:
        list(zip([1], [], strict=True))
    except ValueError:
        cfg.optimizer.a = "strict"
    return cfg

# %% enumerate with a start
def recipe():
    cfg = make()
    for index, value in enumerate(["x", "y"], 5):
        cfg.ddp.a = index
    for index, value in enumerate(["x"], start=2):
        cfg.ddp.b = index
    return cfg

# %% range with steps
def recipe():
    cfg = make()
    cfg.ddp.a = list(range(5, 0, -2))
    cfg.ddp.b = len(range(0))
    cfg.ddp.c = 4 in range(0, 10, 2)
    cfg.optimizer.a = range(3) == [0, 1, 2]
    cfg.optimizer.b = str(range(3))
    return cfg

# %% range is no list
def recipe():
    cfg = make()
    cfg.ddp.a = isinstance(range(3), list)
    cfg.ddp.b = 1 if isinstance(zip([1]), list) else 2
    cfg.ddp.c = 1 if isinstance({}.keys(), list) else 2
    cfg.optimizer.a = 1 if isinstance((x for x in []), list) else 2
    cfg.optimizer.b = 1 if map(str, []) else 2
    return cfg

# %% truth of lazy things
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if (x for x in ()) else 2
    cfg.ddp.b = 1 if zip() else 2
    cfg.ddp.c = 1 if reversed([]) else 2
    cfg.optimizer.a = 1 if range(0) else 2
    cfg.optimizer.b = 1 if {}.items() else 2
    return cfg

# %% a generator expression compared and indexed
def recipe():
    cfg = make()
    gen = (x for x in (1, 2))
    cfg.ddp.a = 1 if gen == [1, 2] else 2
    try:
        cfg.ddp.b = gen[0]
    except TypeError:
        cfg.ddp.b = "no item"
    try:
        cfg.ddp.c = len(gen)
    except TypeError:
        cfg.ddp.c = "no length"
    return cfg

# %% a generator expression walked twice
def recipe():
    cfg = make()
    gen = (x for x in (1, 2))
    cfg.ddp.a = sum(gen)
    cfg.ddp.b = sum(gen)
    return cfg

# %% texts: methods
def recipe():
    cfg = make()
    cfg.ddp.a = "a-b-c".split("-", 1)
    cfg.ddp.b = " x ".strip()
    cfg.ddp.c = "abc".find("c")
    cfg.optimizer.a = "Ab".swapcase()
    cfg.optimizer.b = "a,b".partition(",")[2]
    return cfg

# %% texts: more methods
def recipe():
    cfg = make()
    cfg.ddp.a = "7".zfill(3)
    cfg.ddp.b = "a b".title()
    cfg.ddp.c = "{}-{x}".format(1, x=2)
    cfg.optimizer.a = "aaa".replace("a", "b", 2)
    cfg.optimizer.b = "x".join(["1", "2"])
    return cfg

# %% texts: methods at the edge
def recipe():
    cfg = make()
    cfg.ddp.a = "".split()
    cfg.ddp.b = "".split(",")
    cfg.ddp.c = "a  b".split(" ")
    cfg.optimizer.a = "abc".startswith("")
    cfg.optimizer.b = "abc".startswith("b", 1)
    return cfg

# %% texts: case beyond ASCII
def recipe():
    cfg = make()
    cfg.ddp.a = "stra\u00dfe".upper()
    cfg.ddp.b = "\u0130".lower() == "i\u0307"
    cfg.ddp.c = "\u01c6".capitalize()
    cfg.optimizer.a = "\u00b2".isdigit()
    cfg.optimizer.b = "\x1ca\x1c".split()
    return cfg

# %% texts: strip with characters
def recipe():
    cfg = make()
    cfg.ddp.a = "xxaxx".strip("x")
    cfg.ddp.b = "abcab".lstrip("ab")
    cfg.ddp.c = "file.py".rstrip(".py")
    cfg.optimizer.a = "\u00a0x\u00a0".strip()
    cfg.optimizer.b = "ab".removesuffix("b")
    return cfg

# %% texts: repetition and membership
def recipe():
    cfg = make()
    cfg.ddp.a = "ab" * 2
    cfg.ddp.b = 2 * "ab"
    cfg.ddp.c = "" in "abc"
    cfg.optimizer.a = "ab" * -1
    cfg.optimizer.b = "b" not in "abc"
    return cfg

# %% f-strings with specs and conversions
def recipe():
    cfg = make()
    x = 3.14159
    cfg.ddp.a = f"{x:.2f}"
    cfg.ddp.b = f"{5:03d}"
    cfg.ddp.c = f"{'a'!r}"
    cfg.optimizer.a = f"{x=}"
    cfg.optimizer.b = f"{{}}{5}"
    return cfg

# %% f-strings: nested specs and None
def recipe():
    cfg = make()
    width = 4
    cfg.ddp.a = f"{5:>{width}}"
    cfg.ddp.b = f"{None}-{True}"
    cfg.ddp.c = f"{-5}{10 ** 6}"
    cfg.optimizer.a = f"{[1, 'a']}"
    cfg.optimizer.b = f"{(1,)}"
    return cfg

# %% percent formats
def recipe():
    cfg = make()
    cfg.ddp.a = "%d-%s" % (1, "x")
    cfg.ddp.b = "%(k)s" % {"k": 3}
    cfg.ddp.c = "%.1f" % 2
    return cfg

# %% implicit concatenation and escapes
def recipe():
    cfg = make()
    cfg.ddp.a = "a" "b" f"{1}" r"\n"
    cfg.ddp.b = "\x41\u0042\101"
    cfg.ddp.c = "\N{BULLET}"
    cfg.optimizer.a = "a\
b"
    cfg.optimizer.b = '''x
y'''
    return cfg

# %% escapes that are none
def recipe():
    cfg = make()
    cfg.ddp.a = "\d\w"
    cfg.ddp.b = "\0"
    cfg.ddp.c = "\01"
    cfg.optimizer.a = "\U0001F600"
    cfg.optimizer.b = len("\18")
    return cfg

# %% bytes are no texts
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if b"a" == "a" else 2
    cfg.ddp.b = b"abc"[0]
    cfg.ddp.c = b"abc".decode()
    return cfg

# %% number literals
def recipe():
    cfg = make()
    cfg.ddp.a = 0o17
    cfg.ddp.b = 0b101
    cfg.ddp.c = 1_000
    cfg.optimizer.a = 0xFFe
    cfg.optimizer.b = 1e-4
    return cfg

# %% more number literals
def recipe():
    cfg = make()
    cfg.ddp.a = 00
    cfg.ddp.b = .5
    cfg.ddp.c = 5.
    cfg.optimizer.a = 0xE1
    cfg.optimizer.b = abs(3+4j)
    return cfg

# %% is None, == None and equality of kinds
def recipe():
    cfg = make()
    cfg.ddp.a = None == False
    cfg.ddp.b = [] == ()
    cfg.ddp.c = "1" == 1
    cfg.optimizer.a = (1, 2) == (1, 2.0)
    cfg.optimizer.b = {} == set()
    return cfg

# %% dicts compare by content
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if {"a": 1, "b": 2} == {"b": 2, "a": 1} else 2
    cfg.ddp.b = 1 if {"a": 1} == {"a": 2} else 2
    cfg.ddp.c = {"a": 1} in [{"a": 1}]
    return cfg

# %% frozenset, set equality and order
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if {1, 2} == frozenset([2, 1]) else 2
    cfg.ddp.b = 1 if {1, 2} <= {1, 2, 3} else 2
    cfg.ddp.c = frozenset([1]) in {frozenset([1])}
    return cfg

# %% lists compare in order
def recipe():
    cfg = make()
    cfg.ddp.a = [1, 2] < [1, 3]
    cfg.ddp.b = (2,) > (1, 5)
    cfg.ddp.c = [1] * 2 == [1, 1]
    return cfg

# %% del of items, names and slices
def recipe():
    cfg = make()
    table = {"a": 1, "b": 2}
    del table["a"]
    cfg.ddp.a = "a" in table
    x = 5
    del x
    try:
        cfg.ddp.b = x
    except NameError:
        cfg.ddp.b = "gone"
    return cfg

# %% del of a missing key raises
def recipe():
    cfg = make()
    table = {}
    try:
        del table["a"]
        cfg.ddp.a = 1
    except KeyError:
        cfg.ddp.a = 2
    return cfg

# %% del of a field shows the class's default
def recipe():
    cfg = make()
    cfg.ddp.a = 9
    del cfg.ddp.a
    cfg.ddp.b = cfg.ddp.a
    return cfg

# %% a tuple is not changed by +=
def recipe():
    cfg = make()
    one = (1,)
    two = one
    one += (2,)
    cfg.ddp.a = len(two)
    cfg.ddp.b = len(one)
    return cfg

# %% augmented assignment through a field that two names share
def recipe():
    cfg = make()
    cfg.ddp.a = [1]
    cfg.optimizer.a = cfg.ddp.a
    cfg.ddp.a += [2]
    return cfg

# %% augmented assignment evaluates its target once
def recipe():
    cfg = make()
    calls = []
    def section():
        calls.append(1)
        return cfg.ddp
    section().a += 5
    cfg.ddp.b = len(calls)
    return cfg

# %% a key that is not known may be any
def recipe():
    cfg = make()
    key = os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "a")
    table = {"a": 1, key: 5}
    cfg.ddp.a = table["a"]
    cfg.ddp.b = len(table)
    other = dict(a=2, b=3)
    other[key] = 7
    cfg.ddp.c = other["a"]
    return cfg

# %% a key of a comprehension that is not known
def recipe():
    cfg = make()
    key = os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "a")
    table = {k: 1 for k in ("a", "b", key)}
    cfg.ddp.a = len(table)
    cfg.ddp.b = len({1, 2, int(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "1"))})
    return cfg

# %% dict() over something open
def recipe():
    cfg = make()
    more = {os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "a"): 5}
    base = {"a": 1, "b": 2}
    cfg.ddp.a = dict(base, **more)["a"]
    cfg.ddp.b = {**base, **more}["a"]
    cfg.ddp.c = (base | more)["a"]
    base.update(more)
    cfg.optimizer.a = base["a"]
    return cfg

# %% collections that hold themselves
def recipe():
    cfg = make()
    items = [1]
    items.append(items)
    cfg.ddp.b = len(items[1][1])
    table = {}
    table["me"] = table
    cfg.ddp.c = len(table["me"]["me"])
    return cfg

# %% an assignment expression
def recipe():
    cfg = make()
    if (n := len([1, 2, 3])) > 2:
        cfg.ddp.a = n
    cfg.ddp.b = [last := x for x in (4, 5)][0]
    cfg.ddp.c = last
    return cfg

# %% an assignment expression that is skipped
def recipe():
    cfg = make()
    n = 1
    if cfg.ddp.a and (n := 5):
        pass
    cfg.ddp.b = n
    return cfg

# %% comprehension variables do not leak
x = 77
def recipe():
    cfg = make()
    x = 1
    [x for x in (5, 6)]
    cfg.ddp.a = x
    cfg.ddp.b = [y for x in ((1, 2), (3, 4)) for y in x][3]
    cfg.ddp.c = [[x + y for y in (1, 2)] for x in (10, 20)][1][1]
    return cfg

# %% a loop variable leaks
def recipe():
    cfg = make()
    for x in (5, 6):
        pass
    cfg.ddp.a = x
    for x in ():
        pass
    cfg.ddp.b = x
    return cfg

# %% math
import math
def recipe():
    cfg = make()
    cfg.ddp.a = math.ceil(7 / 2)
    cfg.ddp.b = math.gcd(12, 18)
    cfg.ddp.c = int(math.sqrt(16))
    cfg.optimizer.a = math.prod([2, 3])
    cfg.optimizer.b = math.inf > 1
    return cfg

# %% itertools
import itertools
def recipe():
    cfg = make()
    cfg.ddp.a = list(itertools.chain([1], [2]))
    cfg.ddp.b = next(itertools.count(5))
    cfg.ddp.c = len(list(itertools.product("ab", repeat=2)))
    return cfg

# %% json
import json
def recipe():
    cfg = make()
    table = json.loads('{"a": 1, "b": [true, null]}')
    cfg.ddp.a = table["a"]
    cfg.ddp.b = table["b"][0]
    cfg.ddp.c = json.dumps({"a": 1})
    return cfg

# %% regular expressions
import re
def recipe():
    cfg = make()
    cfg.ddp.a = int(re.search(r"(\d+)b", "llama_8b").group(1))
    cfg.ddp.b = bool(re.match("x", "y"))
    cfg.ddp.c = re.sub("a", "b", "aaa")
    return cfg

# %% ord, chr, hex, bin, repr, ascii, hash
def recipe():
    cfg = make()
    cfg.ddp.a = ord("a")
    cfg.ddp.b = chr(98)
    cfg.ddp.c = hex(255)
    cfg.optimizer.a = repr("it's")
    cfg.optimizer.b = bin(5)
    return cfg

# %% str of texts with quotes
def recipe():
    cfg = make()
    cfg.ddp.a = str('say "hi"')
    cfg.ddp.b = str('"quoted"')
    cfg.ddp.c = str("a\nb")
    cfg.optimizer.a = str()
    cfg.optimizer.b = str(None) + str(True)
    return cfg

# %% Ellipsis and NotImplemented
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if ... else 2
    cfg.ddp.b = ... is Ellipsis
    return cfg

# %% a star before more than a name
def recipe():
    cfg = make()
    table = {"k": [1, 2]}
    cfg.ddp.a = len([*table["k"]])
    cfg.ddp.b = [*table.values()][0]
    cfg.ddp.c = len((*"ab".upper(), 3))
    cfg.optimizer.a = [*[1] + [2], 3]
    cfg.optimizer.b = len([*os.environ.get("NO_SUCH_NAME", "").split()])
    return cfg
