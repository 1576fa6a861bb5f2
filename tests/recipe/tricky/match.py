# %% literals: numbers, signs, texts, joined texts
def pick(value):
    match value:
        case -1:
            return "minus"
        case 1.5:
            return "float"
        case "a" "b":
            return "text"
        case 2 | 3 | "x":
            return "either"
    return "none"
def recipe():
    cfg = make()
    cfg.ddp.a = pick(-1)
    cfg.ddp.b = pick(1.5)
    cfg.ddp.c = pick("ab")
    cfg.optimizer.a = pick(3)
    cfg.optimizer.b = pick(4)
    return cfg

# %% True is 1 but 1 is not True
def pick(value):
    match value:
        case True:
            return "True"
        case None:
            return "None"
        case 1:
            return "one"
        case 0:
            return "zero"
        case False:
            return "False"
def recipe():
    cfg = make()
    cfg.ddp.a = pick(1)
    cfg.ddp.b = pick(True)
    cfg.ddp.c = pick(1.0)
    cfg.optimizer.a = pick(False)
    cfg.optimizer.b = pick(None)
    return cfg

# %% True as an alternative to a number
def pick(value):
    match value:
        case None | False:
            return "off"
        case True | 2:
            return "on"
        case _:
            return value
def recipe():
    cfg = make()
    cfg.ddp.a = pick(False)
    cfg.ddp.b = pick(0)
    cfg.ddp.c = pick(True)
    cfg.optimizer.a = pick(2)
    cfg.optimizer.b = pick(1)
    return cfg

# %% paths are compared, names bind
class Kind(enum.Enum):
    A = 1
    B = 2
class Limits:
    low = 3
def pick(value):
    match value:
        case Kind.A:
            return "A"
        case Limits.low:
            return "low"
        case other:
            return other
def recipe():
    cfg = make()
    cfg.ddp.a = pick(Kind.A)
    cfg.ddp.b = pick(3)
    cfg.ddp.c = pick(4)
    cfg.optimizer.a = pick("Kind.A")
    return cfg

# %% sequences: lengths, stars, groups, brackets
def pick(value):
    match value:
        case []:
            return "empty"
        case [(one)]:
            return one
        case (1, _):
            return "one and something"
        case a, b:
            return a + b
        case [first, *middle, last]:
            return [first, middle, last]
def recipe():
    cfg = make()
    cfg.ddp.a = pick([])
    cfg.ddp.b = pick((7,))
    cfg.ddp.c = pick((1, 2))
    cfg.optimizer.a = pick([2, 3])
    cfg.optimizer.b = pick(range(5))
    return cfg

# %% what is no sequence
def pick(value):
    match value:
        case [*_]:
            return "sequence"
        case _:
            return "other"
def recipe():
    cfg = make()
    cfg.ddp.a = pick("ab")
    cfg.ddp.b = pick({1: 2})
    cfg.ddp.c = pick({1, 2})
    cfg.optimizer.a = pick(zip([1], [2]))
    cfg.optimizer.b = pick({1: 2}.keys())
    return cfg

# %% bytes are no sequence, and a tuple of a comma is one
def pick(value):
    match value:
        case 1,:
            return "one"
        case [*rest]:
            return len(rest)
    return "other"
def recipe():
    cfg = make()
    cfg.ddp.a = pick((1,))
    cfg.ddp.b = pick([2])
    cfg.ddp.c = pick(b"ab")
    cfg.optimizer.a = pick(None)
    return cfg

# %% a star in front, and one that takes nothing
def recipe():
    cfg = make()
    match [1, 2, 3]:
        case [*start, 2, 3]:
            cfg.ddp.a = start
    match [2, 3]:
        case [*start, 2, 3]:
            cfg.ddp.b = start
    match [3]:
        case [*start, 2, 3]:
            cfg.ddp.c = start
        case _:
            cfg.ddp.c = "short"
    return cfg

# %% mappings take more keys than they name
def pick(value):
    match value:
        case {"a": 1, **rest}:
            return list(rest.items())
        case {"a": [x, y], "b": None}:
            return x + y
        case {-1: v}:
            return v
        case {}:
            return "some mapping"
        case _:
            return "none"
def recipe():
    cfg = make()
    cfg.ddp.a = pick({"a": 1, "z": 5})
    cfg.ddp.b = pick({"a": [1, 2], "b": None, "c": 0})
    cfg.ddp.c = pick({-1: 8})
    cfg.optimizer.a = pick({"a": 2})
    cfg.optimizer.b = pick([("a", 1)])
    return cfg

# %% the rest is a dict of its own
def recipe():
    cfg = make()
    given = {"a": 1, "b": 2}
    match given:
        case {"a": x, **rest}:
            rest["b"] = 5
            cfg.ddp.a = x
            cfg.ddp.b = list(rest.values())
    cfg.ddp.c = list(given.values())
    return cfg

# %% an item that is captured is the same object
def recipe():
    cfg = make()
    match {"ddp": cfg.ddp, "list": [1]}:
        case {"ddp": found, "list": items}:
            found.a = 1
            items.append(2)
            cfg.ddp.b = items
    match (cfg.ddp, 1):
        case [found, _] as pair:
            found.c = len(pair)
    return cfg

# %% classes of Python itself
def pick(value):
    match value:
        case bool():
            return "bool"
        case int(n):
            return n + 1
        case float():
            return "float"
        case str() as text:
            return text.upper()
        case list([first, *_]) | tuple((first, *_)):
            return first
        case dict({"k": v}):
            return v
        case dict() | list() | tuple():
            return "empty"
def recipe():
    cfg = make()
    cfg.ddp.a = [pick(True), pick(1), pick(1.0), pick("x")]
    cfg.ddp.b = [pick([5, 6]), pick((7,)), pick({"k": 8}), pick({}), pick(())]
    cfg.ddp.c = pick(None)
    return cfg

# %% a class of Python itself under another name, and another class under its name
def recipe():
    cfg = make()
    Text = str
    match "x":
        case Text():
            cfg.ddp.a = "text"
    class int:
        pass
    match 1:
        case int():
            cfg.ddp.b = "int"
        case _:
            cfg.ddp.b = "other"
    return cfg

# %% guards: a name stays bound where the guard fails
def recipe():
    cfg = make()
    x = 0
    match 5:
        case x if x > 9:
            cfg.ddp.a = "big"
        case 5 if x == 5:
            cfg.ddp.a = "bound"
        case _:
            cfg.ddp.a = "other"
    cfg.ddp.b = x
    return cfg

# %% a guard that acts
def recipe():
    cfg = make()
    def note(value):
        cfg.ddp.b = value
        return False
    match 1:
        case 2 if note(2):
            pass
        case 1 if note(1):
            pass
        case n:
            cfg.ddp.a = n
    return cfg

# %% the subject is evaluated once
def recipe():
    cfg = make()
    seen = []
    def subject():
        seen.append(1)
        return 3
    match subject():
        case 1:
            pass
        case 2:
            pass
        case 3:
            cfg.ddp.a = len(seen)
    return cfg

# %% several subjects, and an assignment in the subject
def recipe():
    cfg = make()
    match 1, [2, 3]:
        case 1, [a, b]:
            cfg.ddp.a = a * b
    match (n := 4):
        case 4 | 5:
            cfg.ddp.b = n
    return cfg

# %% alternatives that bind
def pick(value):
    match value:
        case ["a", x] | {"b": x} | (int() as x):
            return x
def recipe():
    cfg = make()
    cfg.ddp.a = pick(["a", 1])
    cfg.ddp.b = pick({"b": 2})
    cfg.ddp.c = pick(3)
    cfg.optimizer.a = pick("a")
    return cfg

# %% nothing fits, nothing runs
def recipe():
    cfg = make()
    cfg.ddp.a = 1
    match "z":
        case "a":
            cfg.ddp.a = 2
        case ["b"]:
            cfg.ddp.a = 3
    return cfg

# %% jumps out of a match in a loop
def recipe():
    cfg = make()
    total = 0
    for n in range(6):
        match n:
            case 0 | 2:
                continue
            case 4:
                break
        total += n
    cfg.ddp.a = total
    return cfg

# %% match is still a name
def recipe():
    cfg = make()
    match = {"case": 1}
    case = "case"
    cfg.ddp.a = match[case]
    return cfg

# %% a subject that nobody knows: plain stores
def recipe():
    cfg = make()
    match os.environ.get("KIND", "b"):
        case "a":
            cfg.ddp.a = 1
        case _:
            cfg.ddp.a = 2
    return cfg

# %% a subject that nobody knows: many cases, captures and effects
def recipe():
    cfg = make()
    cfg.ddp.c = 0
    match os.environ.get("KIND", "b"):
        case "a" | "c":
            cfg.ddp.a = 1
            cfg.ddp.c += 1
        case "b":
            cfg.ddp.a = 2
        case other:
            cfg.ddp.a = other
    cfg.ddp.b = 5
    return cfg

# %% an object of a class of its own that nobody can match here
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x
        self.y = y
def recipe():
    cfg = make()
    match Point(1, [2]):
        case Point(0, y):
            cfg.ddp.a = 0
        case Point(1, y):
            y.append(3)
            cfg.ddp.a = y
        case _:
            cfg.ddp.a = 9
    return cfg

# %% attributes by name
class Point:
    def __init__(self, x):
        self.x = x
def pick(value):
    match value:
        case Point(x=0):
            return "zero"
        case Point(y=y):
            return y
        case Point(x=[a, b]):
            return a + b
        case _:
            return "other"
def recipe():
    cfg = make()
    cfg.ddp.a = pick(Point(0))
    cfg.ddp.b = pick(Point([1, 2]))
    cfg.ddp.c = pick(Point(3))
    cfg.optimizer.a = pick(7)
    return cfg

# %% a sequence and a mapping of the recipe's own
import collections.abc
class Own(collections.abc.Sequence):
    def __init__(self, cfg):
        self.cfg = cfg
    def __len__(self):
        self.cfg.ddp.b = "asked"
        return 1
    def __getitem__(self, index):
        return (self.cfg,)[index]
def recipe():
    cfg = make()
    cfg.ddp.b = "not asked"
    match Own(cfg):
        case [found]:
            found.ddp.a = 1
        case _:
            cfg.ddp.a = 2
    return cfg

# %% an equality of the recipe's own that acts
class Odd:
    def __init__(self, cfg):
        self.cfg = cfg
    def __eq__(self, other):
        self.cfg.ddp.a = other
        return other == 2
def recipe():
    cfg = make()
    match Odd(cfg):
        case 1:
            cfg.ddp.b = 1
        case 2:
            cfg.ddp.b = 2
        case 3:
            cfg.ddp.b = 3
    return cfg

# %% an open list
def recipe():
    cfg = make()
    items = [1, *os.environ.get("MORE", "").split()]
    match items:
        case [one]:
            cfg.ddp.a = one
        case [first, *rest]:
            cfg.ddp.a = "more"
    match items:
        case []:
            cfg.ddp.b = 0
        case _:
            cfg.ddp.b = 1
    return cfg

# %% a dict with entries that nobody knows
def recipe():
    cfg = make()
    table = {"a": 1, **dict(os.environ)}
    match table:
        case {"no such name": value}:
            cfg.ddp.a = value
        case {"b": 1} | {"a": _}:
            cfg.ddp.a = 2
        case _:
            cfg.ddp.a = 3
    return cfg

# %% the same question before and after a change
def recipe():
    cfg = make()
    items = [*os.environ.get("MORE", "").split()]
    cfg.ddp.a = cfg.ddp.b = 0
    match items:
        case []:
            cfg.ddp.a = 1
    items.append(1)
    match items:
        case []:
            cfg.ddp.b = 1
    return cfg

# %% either of two shapes
def recipe():
    cfg = make()
    value = [1, 2] if os.environ.get("PAIR") else {"k": 3}
    match value:
        case [a, b]:
            cfg.ddp.a = a + b
        case {"k": k}:
            cfg.ddp.a = k
    return cfg

# %% a match in a loop that runs nobody knows how often
def recipe():
    cfg = make()
    found = None
    for word in os.environ.get("WORDS", "x y").split():
        match (word, cfg.ddp):
            case ("x", held):
                held.a = 1
            case (found, _):
                cfg.ddp.b = found
    cfg.ddp.c = found
    return cfg

# %% a match that a called function runs over its surroundings
def recipe():
    cfg = make()
    kind = "a"
    def step(value):
        nonlocal kind
        match value:
            case {"kind": kind, "to": held}:
                held.a = kind
    step({"kind": "b", "to": cfg.ddp})
    cfg.ddp.b = kind
    return cfg

# %% a match in a try where something was raised on the way
def recipe():
    cfg = make()
    try:
        match {"a": 1}:
            case {"a": a}:
                cfg.ddp.a = a
                raise KeyError("x")
    except KeyError:
        cfg.ddp.b = 2
    return cfg

# %% at the top of a module
KIND = ("wide", 4)
match KIND:
    case "narrow", n:
        SIZE = n
    case "wide", WIDTH:
        SIZE = WIDTH * 2
    case _:
        SIZE = 0
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    cfg.ddp.b = WIDTH
    return cfg

# %% in the body of a class
class Options:
    match 2:
        case 2:
            size = 7
        case _:
            size = 8
def recipe():
    cfg = make()
    cfg.ddp.a = getattr(Options, "size", None)
    return cfg
