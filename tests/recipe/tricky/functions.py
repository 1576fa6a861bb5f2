# Recipes that are hard to follow: how functions are made, wrapped and called. One program per `# %%`.

# %% wraps: a decorator that changes what the recipe returns
def tuned(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        cfg = func(*args, **kwargs)
        cfg.ddp.a = 7
        return cfg
    return wrapper
@tuned
def recipe():
    cfg = make()
    cfg.ddp.a = 1
    cfg.ddp.b = 2
    return cfg

# %% wraps: a decorator with arguments
def override(**values):
    def decorate(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            cfg = func(*args, **kwargs)
            for key, value in values.items():
                setattr(cfg.ddp, key, value)
            return cfg
        return wrapper
    return decorate
@override(a=3, c="x")
def recipe():
    cfg = make()
    cfg.ddp.a = 1
    return cfg

# %% stacked decorators run from the inside out
def add(n):
    def decorate(func):
        def wrapper():
            cfg = func()
            cfg.ddp.a = cfg.ddp.a * 10 + n
            return cfg
        return wrapper
    return decorate
@add(1)
@add(2)
def recipe():
    cfg = make()
    cfg.ddp.a = 3
    return cfg

# %% a decorator that registers and drops the function
RECIPES = {}
def register(name):
    def decorate(func):
        RECIPES[name] = func
        return func
    return decorate
@register("base")
def base():
    cfg = make()
    cfg.ddp.a = 4
    return cfg
def recipe():
    return RECIPES["base"]()

# %% lru_cache shares one object between callers
@functools.lru_cache(maxsize=None)
def base():
    cfg = make()
    cfg.ddp.a = 4
    return cfg
def recipe():
    one = base()
    one.ddp.a = 9
    return base()

# %% lru_cache: two calls give the same section
@functools.lru_cache
def section():
    return DistributedDataParallelConfig(a=1)
def recipe():
    cfg = make()
    cfg.ddp = section()
    other = section()
    other.b = 33
    return cfg

# %% functools.cache on a helper with arguments
@functools.cache
def size(n):
    return [n]
def recipe():
    cfg = make()
    size(3).append(4)
    cfg.ddp.a = size(3)
    return cfg

# %% partial: later keywords win
def build(a, b=2, *, c=3):
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = a, b, c
    return cfg
bound = functools.partial(build, 1, c=5)
def recipe():
    return bound(7, c=9)

# %% partial of partial
def build(a=0, b=0, c=0):
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = a, b, c
    return cfg
one = functools.partial(build, a=1, b=1)
two = functools.partial(one, b=2)
def recipe():
    return two(c=3)

# %% partialmethod and a method reference
class Builder:
    def put(self, cfg, key, value):
        setattr(cfg.ddp, key, value)
    put_a = functools.partialmethod(put, key="a")
def recipe():
    cfg = make()
    Builder().put_a(cfg, value=8)
    return cfg

# %% a mutable default is made once
def collect(value, into=[]):
    into.append(value)
    return into
def recipe():
    cfg = make()
    collect(1)
    collect(2)
    cfg.ddp.a = len(collect(3))
    return cfg

# %% a mutable default of a nested function is made per definition
def recipe():
    cfg = make()
    def collect(value, into=[]):
        into.append(value)
        return len(into)
    collect(1)
    cfg.ddp.a = collect(2)
    return cfg

# %% a default argument is evaluated when def runs, not when called
SIZE = 1
def helper(n=SIZE):
    return n
SIZE = 2
def recipe():
    cfg = make()
    cfg.ddp.a = helper()
    cfg.ddp.b = SIZE
    return cfg

# %% a default argument of a local function keeps the value it had
def recipe():
    cfg = make()
    n = 1
    def helper(x=n):
        return x
    n = 2
    cfg.ddp.a = helper()
    return cfg

# %% a default argument that is a call runs once
COUNT = [0]
def tick():
    COUNT[0] += 1
    return COUNT[0]
def helper(x=tick()):
    return x
def recipe():
    cfg = make()
    helper()
    cfg.ddp.a = helper()
    cfg.ddp.b = COUNT[0]
    return cfg

# %% a config object as a default is shared by all calls
def helper(section=DistributedDataParallelConfig(a=1)):
    section.a += 1
    return section
def recipe():
    cfg = make()
    helper()
    cfg.ddp = helper()
    return cfg

# %% closures over a loop variable see its last value
def recipe():
    cfg = make()
    actions = []
    for value in (1, 2, 3):
        actions.append(lambda: value)
    cfg.ddp.a = actions[0]()
    return cfg

# %% closures with a default keep their value
def recipe():
    cfg = make()
    actions = [lambda value=value: value for value in (1, 2, 3)]
    cfg.ddp.a = actions[0]()
    return cfg

# %% closures in a comprehension see the comprehension's last value
def recipe():
    cfg = make()
    actions = [lambda: value for value in (1, 2, 3)]
    cfg.ddp.a = actions[0]()
    return cfg

# %% nonlocal counter
def recipe():
    cfg = make()
    count = 0
    def step():
        nonlocal count
        count += 1
        return count
    step()
    cfg.ddp.a = step()
    cfg.ddp.b = count
    return cfg

# %% nonlocal through two functions
def recipe():
    cfg = make()
    x = 1
    def outer():
        def inner():
            nonlocal x
            x = 5
        inner()
    outer()
    cfg.ddp.a = x
    return cfg

# %% global set by a helper
FLAG = 1
def helper():
    global FLAG
    FLAG = 3
def recipe():
    cfg = make()
    helper()
    cfg.ddp.a = FLAG
    return cfg

# %% global of a name not bound at module level
def helper():
    global FRESH
    FRESH = 3
def recipe():
    cfg = make()
    helper()
    cfg.ddp.a = FRESH
    return cfg

# %% a local name that is assigned later raises where it is read
LIMIT = 3
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = LIMIT
        LIMIT = 4
    except UnboundLocalError:
        cfg.ddp.a = 9
    return cfg

# %% a local name assigned in a branch that is not taken hides the global
LIMIT = 3
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = LIMIT
    except NameError:
        cfg.ddp.a = 9
    if cfg.ddp.b == 77:
        LIMIT = 5
    return cfg

# %% positional-only, keyword-only and rest
def helper(a, /, b, *rest, c=4, **more):
    return a, b, rest, c, more
def recipe():
    cfg = make()
    a, b, rest, c, more = helper(1, 2, 3, 4, c=5, a=6)
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = len(rest), more["a"], c
    return cfg

# %% kwargs are popped with defaults
def helper(**kwargs):
    cfg = make()
    cfg.ddp.a = kwargs.pop("a", 3)
    cfg.ddp.b = kwargs.pop("b", 4)
    for key, value in kwargs.items():
        setattr(cfg.ddp, key, value)
    return cfg
def recipe():
    return helper(a=7, c=8)

# %% kwargs of a function are a copy
def helper(**kwargs):
    kwargs["a"] = 9
def recipe():
    cfg = make()
    options = {"a": 1}
    helper(**options)
    cfg.ddp.a = options["a"]
    return cfg

# %% setdefault on kwargs
def helper(**kwargs):
    kwargs.setdefault("a", 5)
    kwargs.setdefault("b", 6)
    return DistributedDataParallelConfig(**kwargs)
def recipe():
    cfg = make()
    cfg.ddp = helper(b=1)
    return cfg

# %% recursion with a base case
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
def recipe():
    cfg = make()
    cfg.ddp.a = depth(5)
    return cfg

# %% mutual recursion
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
def recipe():
    cfg = make()
    cfg.ddp.a = even(7)
    return cfg

# %% a function with attributes
def helper():
    helper.calls += 1
    return helper.calls
helper.calls = 0
def recipe():
    cfg = make()
    helper()
    cfg.ddp.a = helper()
    return cfg

# %% a function redefined in the module: the last wins
def size():
    return 1
def size():
    return 2
def recipe():
    cfg = make()
    cfg.ddp.a = size()
    return cfg

# %% a function redefined on a condition
def size():
    return 1
if os.environ.get("NO_SUCH_VARIABLE_AT_ALL"):
    def size():
        return 2
def recipe():
    cfg = make()
    cfg.ddp.a = size()
    return cfg

# %% the recipe wraps itself
def recipe():
    return make()
inner = recipe
def recipe():
    cfg = inner()
    cfg.ddp.a = 5
    return cfg

# %% a lambda in a table
TABLE = {"small": lambda cfg: setattr(cfg.ddp, "a", 1), "large": lambda cfg: setattr(cfg.ddp, "a", 2)}
def recipe(kind="large"):
    cfg = make()
    TABLE[kind](cfg)
    return cfg

# %% a generator that changes the config as it goes
def steps(cfg):
    cfg.ddp.a = 1
    yield
    cfg.ddp.a = 2
    yield
    cfg.ddp.a = 3
def recipe():
    cfg = make()
    it = steps(cfg)
    next(it)
    next(it)
    return cfg

# %% a generator that is never started does nothing
def steps(cfg):
    cfg.ddp.a = 1
    yield
def recipe():
    cfg = make()
    steps(cfg)
    return cfg

# %% a generator that is drained by list
def steps(cfg):
    for value in (1, 2):
        cfg.ddp.a = value
        yield value
def recipe():
    cfg = make()
    cfg.ddp.b = len(list(steps(cfg)))
    return cfg

# %% yield from
def inner():
    yield 1
    yield 2
    return 3
def outer(cfg):
    cfg.ddp.a = yield from inner()
def recipe():
    cfg = make()
    cfg.ddp.b = sum(outer(cfg))
    return cfg

# %% a generator over a closure variable
def recipe():
    cfg = make()
    total = 0
    def gen():
        nonlocal total
        for value in range(3):
            total += value
            yield value
    for _ in gen():
        pass
    cfg.ddp.a = total
    return cfg

# %% a generator expression is lazy
def recipe():
    cfg = make()
    n = 1
    lazy = (n * i for i in (1, 2))
    n = 10
    cfg.ddp.a = sum(lazy)
    return cfg

# %% a generator expression with an effect that nobody drains
def recipe():
    cfg = make()
    lazy = (setattr(cfg.ddp, "a", i) for i in (1, 2))
    return cfg

# %% a generator expression drained half
def recipe():
    cfg = make()
    lazy = (setattr(cfg.ddp, "a", i) or i for i in (1, 2, 3))
    next(lazy)
    return cfg

# %% map is lazy, too
def recipe():
    cfg = make()
    map(lambda i: setattr(cfg.ddp, "a", i), (1, 2))
    list(map(lambda i: setattr(cfg.ddp, "b", i), (1, 2)))
    return cfg

# %% filter keeps what is true
def recipe():
    cfg = make()
    cfg.ddp.a = list(filter(None, [0, 1, "", 2]))
    cfg.ddp.b = list(filter(lambda v: v > 1, [1, 2, 3]))
    return cfg

# %% an iterator is used up
def recipe():
    cfg = make()
    it = iter([1, 2, 3])
    cfg.ddp.a = next(it)
    cfg.ddp.b = sum(it)
    cfg.ddp.c = list(it)
    return cfg

# %% zip, reversed, enumerate and map are used up by the first loop
def recipe():
    cfg = make()
    pairs = zip((1, 2), (3, 4))
    list(pairs)
    cfg.ddp.a = len(list(pairs))
    back = reversed([1, 2])
    list(back)
    cfg.ddp.b = len(list(back))
    numbered = enumerate("ab")
    list(numbered)
    cfg.ddp.c = len(list(numbered))
    return cfg

# %% a coroutine runs nothing until awaited
async def tune(cfg):
    cfg.ddp.a = 9
def recipe():
    cfg = make()
    job = tune(cfg)
    job.close()
    return cfg

# %% asyncio.run runs it
import asyncio
async def tune(cfg):
    cfg.ddp.a = 9
def recipe():
    cfg = make()
    asyncio.run(tune(cfg))
    return cfg

# %% return in finally wins
def helper():
    try:
        return 1
    finally:
        return 2
def recipe():
    cfg = make()
    cfg.ddp.a = helper()
    return cfg

# %% early return in a loop
def first(values):
    for value in values:
        if value > 1:
            return value
    return 0
def recipe():
    cfg = make()
    cfg.ddp.a = first([1, 2, 3])
    cfg.ddp.b = first([])
    return cfg

# %% reduce
def recipe():
    cfg = make()
    cfg.ddp.a = functools.reduce(lambda x, y: x * y, [1, 2, 3, 4])
    return cfg

# %% singledispatch
@functools.singledispatch
def tune(section):
    section.a = 1
@tune.register
def _(section: OptimizerConfig):
    section.a = 2
def recipe():
    cfg = make()
    tune(cfg.ddp)
    tune(cfg.optimizer)
    return cfg

# %% a parameter is rebound, the caller's object is not
def helper(section):
    section = DistributedDataParallelConfig(a=9)
    section.b = 8
def recipe():
    cfg = make()
    helper(cfg.ddp)
    return cfg

# %% cfg = cfg or default
def helper(section=None):
    section = section or DistributedDataParallelConfig(a=9)
    section.b = 8
    return section
def recipe():
    cfg = make()
    cfg.ddp = helper()
    cfg.optimizer.a = helper(cfg.ddp).a
    return cfg

# %% an object that is false
class Section(DistributedDataParallelConfig):
    def __bool__(self):
        return False
def recipe():
    cfg = make()
    cfg.ddp = Section(a=3)
    cfg.ddp = cfg.ddp or DistributedDataParallelConfig(a=9)
    return cfg

# %% an object of no length
class Section(DistributedDataParallelConfig):
    def __len__(self):
        return 0
def recipe():
    cfg = make()
    section = Section(a=3)
    if section:
        cfg.ddp.a = 1
    else:
        cfg.ddp.a = 2
    return cfg

# %% functions compared and kept in sets
def one():
    return 1
def recipe():
    cfg = make()
    cfg.ddp.a = one in {one}
    cfg.ddp.b = one == one
    cfg.ddp.c = (lambda: 1) == (lambda: 1)
    return cfg

# %% __defaults__ and __kwdefaults__ changed
def helper(x=1, *, y=2):
    return x + y
helper.__defaults__ = (10,)
def recipe():
    cfg = make()
    cfg.ddp.a = helper()
    return cfg

# %% __code__ replaced
def helper():
    return 1
def other():
    return 2
helper.__code__ = other.__code__
def recipe():
    cfg = make()
    cfg.ddp.a = helper()
    return cfg

# %% __wrapped__ leads to the bare function
def tuned(func):
    @functools.wraps(func)
    def wrapper():
        cfg = func()
        cfg.ddp.a = 7
        return cfg
    return wrapper
@tuned
def base():
    return make()
def recipe():
    return base.__wrapped__()

# %% a decorated method is what the decorator makes of it
def doubled(func):
    def wrapper(self):
        return func(self) * 2
    return wrapper
class Options:
    @doubled
    def size(self):
        return 4
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size()
    cfg.ddp.b = Options.size(Options())
    return cfg

# %% a function without arguments that counts in a list
CALLS = []
def tick():
    CALLS.append(1)
    return len(CALLS)
def recipe():
    cfg = make()
    cfg.ddp.a = tick()
    cfg.ddp.b = tick()
    cfg.ddp.c = tick()
    return cfg

# %% a function without arguments that reads what changes
TABLE = {"a": 1}
def read():
    return TABLE["a"]
def recipe():
    cfg = make()
    cfg.ddp.a = read()
    TABLE["a"] = 2
    cfg.ddp.b = read()
    cfg.ddp.c = read()
    return cfg
