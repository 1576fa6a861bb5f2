# Recipes that walk over pairs, numbered items and products. One program per `# %%`.

# %% a product, the last place first
import itertools
def recipe():
    cfg = make()
    cfg.ddp.a = list(itertools.product((1, 2), "xy"))
    cfg.ddp.b = [a * b for a, b in itertools.product([1, 2], range(3))]
    cfg.ddp.c = list(itertools.product())
    cfg.optimizer.a = list(itertools.product([1], []))
    cfg.optimizer.b = list(itertools.product([[1]]))[0][0]
    return cfg

# %% a product with itself
from itertools import product
def recipe():
    cfg = make()
    cfg.ddp.a = list(product([0, 1], repeat=2))
    cfg.ddp.b = list(product("a", [0, 1], repeat=2))
    cfg.ddp.c = list(product("ab", repeat=0))
    cfg.optimizer.a = list(product(repeat=3))
    cfg.optimizer.b = list(product("ab", **{"repeat": 1}))
    return cfg

# %% a product repeats what it took, and shares it
import itertools
def recipe():
    cfg = make()
    numbers = enumerate("ab")
    pairs = itertools.product(numbers, repeat=2)
    cfg.ddp.a = len(list(pairs))
    cfg.ddp.b = list(pairs)
    cfg.ddp.c = list(numbers)
    for held, value in itertools.product([cfg.optimizer], [1, 2]):
        held.a = value
    return cfg

# %% a product of one iterator twice
import itertools
def recipe():
    cfg = make()
    numbers = reversed([1, 2])
    cfg.ddp.a = list(itertools.product(numbers, numbers))
    cfg.ddp.b = list(numbers)
    return cfg

# %% a product takes its items when it is made
import itertools
def recipe():
    cfg = make()
    items = [1]
    pairs = itertools.product(items, [2])
    items.append(3)
    cfg.ddp.a = list(pairs)
    return cfg

# %% a product of what nobody knows
import itertools
def recipe():
    cfg = make()
    words = os.environ.get("WORDS", "a b").split()
    numbers = enumerate("ab")
    pairs = list(itertools.product(numbers, words))
    cfg.ddp.a = len(pairs)
    cfg.ddp.b = list(numbers)
    cfg.ddp.c = list(itertools.product([1], repeat=int(os.environ.get("N", "2"))))
    return cfg

# %% a product that raises
import itertools
def recipe():
    cfg = make()
    try:
        itertools.product([1], repeat=-1)
        cfg.ddp.a = "made"
    except ValueError:
        cfg.ddp.a = "negative"
    try:
        itertools.product([1], times=2)
        cfg.ddp.b = "made"
    except TypeError:
        cfg.ddp.b = "no such argument"
    return cfg

# %% zip with strict, of one length
def recipe():
    cfg = make()
    for name, value in zip("abc", (1, 2, 3), strict=True):
        setattr(cfg.ddp, name, value)
    cfg.optimizer.a = list(zip([1], [2, 3], strict=False))
    cfg.optimizer.b = list(zip(strict=True))
    return cfg

# %% an uneven strict zip raises behind the last pair
def recipe():
    cfg = make()
    try:
        for name, value in zip("abc", (7, 8), strict=True):
            setattr(cfg.ddp, name, value)
        else:
            cfg.optimizer.a = "even"
    except ValueError:
        cfg.optimizer.a = "uneven"
    for name, value in zip("ab", (7,), strict=True):
        cfg.optimizer.b = name
        break
    return cfg

# %% an uneven strict zip in a comprehension, a list and a sum
def recipe():
    cfg = make()
    seen = []
    try:
        [seen.append(a) for a, b in zip([1, 2], [3], strict=True)]
    except ValueError:
        cfg.ddp.a = seen
    try:
        list(zip([], [1], strict=True))
    except ValueError:
        cfg.ddp.b = "list"
    both = [0]
    try:
        both += zip([1, 2], [3], strict=True)
    except ValueError:
        cfg.ddp.c = len(both)
    try:
        both.extend(zip([1, 2], [3], strict=True))
    except ValueError:
        cfg.optimizer.a = len(both)
    cfg.optimizer.b = any(zip([1, 2], [3], strict=True))
    return cfg

# %% an uneven strict zip that nobody walks
def recipe():
    cfg = make()
    pairs = zip([1], [], strict=True)
    cfg.ddp.a = 1 if pairs else 2
    try:
        first, second = zip([1, 2], [3], strict=True)
        cfg.ddp.b = first
    except ValueError:
        cfg.ddp.b = "uneven"
    return cfg

# %% an uneven strict zip, walked again after it raised
def recipe():
    cfg = make()
    pairs = zip([], [1], strict=True)
    try:
        list(pairs)
    except ValueError:
        cfg.ddp.a = list(pairs)
    return cfg

# %% strict as the environment says
def recipe():
    cfg = make()
    strict = os.environ.get("STRICT") == "1"
    cfg.ddp.a = len(list(zip([1], [2], strict=strict)))
    try:
        cfg.ddp.b = len(list(zip([1], [2, 3], strict=strict)))
    except ValueError:
        cfg.ddp.b = "uneven"
    return cfg

# %% what zip leaves of an iterator
def recipe():
    cfg = make()
    numbers = reversed([1, 2, 3])
    cfg.ddp.a = list(zip([0], numbers))
    cfg.ddp.b = list(numbers)
    return cfg

# %% zip takes from one iterator twice
def recipe():
    cfg = make()
    numbers = reversed([1, 2, 3, 4])
    cfg.ddp.a = list(zip(numbers, numbers))
    return cfg

# %% what a search leaves of an iterator
def recipe():
    cfg = make()
    numbers = reversed([1, 2, 3])
    cfg.ddp.a = 1 if 3 in numbers else 0
    cfg.ddp.b = list(numbers)
    return cfg

# %% enumerate from a number
def recipe():
    cfg = make()
    cfg.ddp.a = list(enumerate("ab", 5))
    cfg.ddp.b = list(enumerate(["x"], start=-1))
    cfg.ddp.c = [(i, a, b) for i, (a, b) in enumerate(zip([1, 2], [3, 4], strict=True), start=1)]
    cfg.optimizer.a = list(enumerate("a", True))
    cfg.optimizer.b = list(enumerate("a", start=int(os.environ.get("N", "3"))))
    return cfg

# %% enumerate of an uneven strict zip
def recipe():
    cfg = make()
    try:
        for index, (name, value) in enumerate(zip("ab", (7,), strict=True)):
            setattr(cfg.ddp, name, value)
    except ValueError:
        cfg.optimizer.a = index
    return cfg
