# Recipes as training teams write them. One program per `# %%`, other modules of it after `# %file`.

# %% a registry of functions by a decorator with a name
RECIPES = {}
def register(name):
    def wrap(func):
        RECIPES[name] = func
        return func
    return wrap
@register("small")
def small(cfg):
    cfg.ddp.a = 1
@register("large")
def large(cfg):
    cfg.ddp.a = 2
def recipe():
    cfg = make()
    RECIPES["large"](cfg)
    cfg.ddp.b = sorted(RECIPES)
    return cfg

# %% a package whose submodules register themselves
from plugins.registry import REGISTRY
def recipe():
    cfg = make()
    cfg.ddp.a = len(REGISTRY)
    cfg.ddp.b = "large" in REGISTRY
    return cfg
# %file plugins/__init__.py
from . import small, large
# %file plugins/registry.py
REGISTRY = {}
def register(name):
    def wrap(func):
        REGISTRY[name] = func
        return func
    return wrap
# %file plugins/small.py
from .registry import register
@register("small")
def build():
    return 1
# %file plugins/large.py
from .registry import register
@register("large")
def build():
    return 2

# %% a builder with fluent methods
class Builder:
    def __init__(self, cfg):
        self.cfg = cfg
    def parallel(self, tp=1, pp=1):
        self.cfg.ddp.a, self.cfg.ddp.b = tp, pp
        return self
    def note(self, value):
        self.cfg.ddp.c = value
        return self
    def build(self):
        return self.cfg
def recipe():
    return Builder(make()).parallel(tp=4, pp=2).note("x").build()

# %% a builder that collects and applies at the end
class Builder:
    def __init__(self):
        self.changes = []
    def set(self, path, value):
        self.changes.append((path, value))
        return self
    def build(self):
        cfg = make()
        for path, value in self.changes:
            section, name = path.split(".")
            setattr(getattr(cfg, section), name, value)
        return cfg
def recipe():
    return Builder().set("ddp.a", 3).set("optimizer.b", 4).build()

# %% an immutable builder
@dataclass(frozen=True)
class Spec:
    tp: int = 1
    pp: int = 1
    def with_(self, **changes):
        return replace(self, **changes)
def recipe():
    cfg = make()
    base = Spec()
    large = base.with_(tp=8).with_(pp=4)
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = large.tp, large.pp, base.tp
    return cfg

# %% mixins that add to what others did
class Base:
    def apply(self, cfg):
        cfg.ddp.a = 1
class Overlap:
    def apply(self, cfg):
        super().apply(cfg)
        cfg.ddp.b = 2
class Wide:
    def apply(self, cfg):
        super().apply(cfg)
        cfg.ddp.a *= 10
class Mine(Wide, Overlap, Base):
    pass
def recipe():
    cfg = make()
    Mine().apply(cfg)
    return cfg

# %% a template method with class attributes
class Recipe:
    tp = 1
    def build(self):
        cfg = make()
        self.parallel(cfg)
        self.extra(cfg)
        return cfg
    def parallel(self, cfg):
        cfg.ddp.a = self.tp
    def extra(self, cfg):
        pass
class Large(Recipe):
    tp = 8
    def extra(self, cfg):
        cfg.ddp.b = self.tp * 2
def recipe():
    return Large().build()

# %% singledispatch
@functools.singledispatch
def size(value):
    return 1
@size.register
def _(value: int):
    return 2
@size.register(str)
def _(value):
    return 3
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = size(1.5), size(4), size("x")
    return cfg

# %% singledispatch on configs that writes
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

# %% singledispatchmethod
class Tuner:
    @functools.singledispatchmethod
    def tune(self, value):
        return 1
    @tune.register
    def _(self, value: int):
        return 2
def recipe():
    cfg = make()
    cfg.ddp.a = Tuner().tune(3)
    return cfg

# %% contextvars
import contextvars
SIZE = contextvars.ContextVar("SIZE", default=1)
def size():
    return SIZE.get()
def recipe():
    cfg = make()
    cfg.ddp.a = size()
    token = SIZE.set(5)
    cfg.ddp.b = size()
    SIZE.reset(token)
    cfg.ddp.c = size()
    return cfg

# %% a context manager that sets a global for a while
SIZE = 1
@contextlib.contextmanager
def sized(value):
    global SIZE
    old, SIZE = SIZE, value
    try:
        yield
    finally:
        SIZE = old
def recipe():
    cfg = make()
    with sized(7):
        cfg.ddp.a = SIZE
    cfg.ddp.b = SIZE
    return cfg

# %% field(init=False) computed in __post_init__ from others
@dataclass
class Layout:
    tp: int = 2
    pp: int = 4
    world: int = field(init=False)
    label: str = field(init=False, default="x")
    def __post_init__(self):
        self.world = self.tp * self.pp
        if self.world > 8:
            self.label = "large"
def recipe():
    cfg = make()
    one = Layout(tp=4)
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = one.world, one.label, Layout().label
    return cfg

# %% field(init=False) and replace
@dataclass
class Layout:
    tp: int = 2
    world: int = field(init=False, default=0)
    def __post_init__(self):
        self.world += self.tp * 2
def recipe():
    cfg = make()
    one = replace(Layout(), tp=5)
    cfg.ddp.a = one.world
    return cfg

# %% a module with __getattr__
import settings
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = settings.SIZE, settings.OTHER
    from settings import LAZY
    cfg.ddp.c = LAZY
    return cfg
# %file settings.py
SIZE = 3
def __getattr__(name):
    if name == "OTHER":
        return 4
    if name == "LAZY":
        return SIZE + 10
    raise AttributeError(name)

# %% a module with __getattr__ and hasattr
import settings
def recipe():
    cfg = make()
    cfg.ddp.a = hasattr(settings, "ANY")
    cfg.ddp.b = getattr(settings, "ANY", 3)
    return cfg
# %file settings.py
def __getattr__(name):
    return 9

# %% entry points that are not there
from importlib.metadata import entry_points
def recipe():
    cfg = make()
    cfg.ddp.a = 1
    for point in entry_points(group="no.such.group"):
        point.load()(cfg)
    cfg.ddp.b = 2
    return cfg

# %% plugins by name
import importlib
def recipe():
    cfg = make()
    for name in ("plug_one", "plug_two"):
        importlib.import_module(name).apply(cfg)
    return cfg
# %file plug_one.py
def apply(cfg):
    cfg.ddp.a = 11
# %file plug_two.py
def apply(cfg):
    cfg.ddp.b = cfg.ddp.a + 1

# %% plugins by `module:function`
import importlib
PLUGINS = ["plug:apply", "plug:more"]
def load(spec):
    module, _, name = spec.partition(":")
    return getattr(importlib.import_module(module), name)
def recipe():
    cfg = make()
    for spec in PLUGINS:
        load(spec)(cfg)
    return cfg
# %file plug.py
def apply(cfg):
    cfg.ddp.a = 11
def more(cfg):
    cfg.ddp.b = 12

# %% a settings object like OmegaConf's
class Conf:
    def __init__(self, data):
        self._data = data
    def __getattr__(self, name):
        value = self._data[name]
        return Conf(value) if isinstance(value, dict) else value
    def __getitem__(self, name):
        return getattr(self, name)
def recipe():
    cfg = make()
    conf = Conf({"model": {"tp": 4}, "pp": 2})
    cfg.ddp.a, cfg.ddp.b = conf.model.tp, conf["pp"]
    return cfg

# %% a settings object with attribute and item access that writes
class Conf:
    def __init__(self, **data):
        object.__setattr__(self, "_data", dict(data))
    def __getattr__(self, name):
        return self._data[name]
    def __setattr__(self, name, value):
        self._data[name] = value
    def __getitem__(self, name):
        return self._data[name]
    def __setitem__(self, name, value):
        self._data[name] = value
    def __contains__(self, name):
        return name in self._data
    def __len__(self):
        return len(self._data)
def recipe():
    cfg = make()
    conf = Conf(tp=4)
    conf["pp"] = 8
    conf.tp = 5
    cfg.ddp.a, cfg.ddp.b = conf["tp"], conf.pp
    cfg.ddp.c = "pp" in conf
    cfg.optimizer.a = len(conf)
    return cfg

# %% a merge operator on settings
@dataclass
class Conf:
    tp: int = 1
    pp: int = 1
    def __or__(self, other):
        return replace(self, **other)
def recipe():
    cfg = make()
    base = Conf()
    conf = base | {"tp": 4} | {"pp": 2}
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = conf.tp, conf.pp, base.tp
    return cfg

# %% AttrDict by way of __dict__
class AttrDict(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self
def recipe():
    cfg = make()
    conf = AttrDict(tp=4)
    conf.pp = 2
    conf["tp"] = 5
    cfg.ddp.a, cfg.ddp.b = conf.tp, conf["pp"]
    return cfg

# %% DotDict
class DotDict(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
def recipe():
    cfg = make()
    conf = DotDict({"tp": 4})
    conf.pp = 2
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = conf.tp, conf["pp"], conf.nothing
    return cfg

# %% argparse with defaults
import argparse
def recipe():
    cfg = make()
    parser = argparse.ArgumentParser()
    parser.add_argument("--tp", type=int, default=4)
    parser.add_argument("--flag", action="store_true")
    args = parser.parse_args([])
    cfg.ddp.a, cfg.ddp.b = args.tp, args.flag
    args, rest = parser.parse_known_args(["--tp", "8", "--more"])
    cfg.ddp.c = args.tp
    return cfg

# %% an argparse action that writes
import argparse
def recipe():
    cfg = make()
    class Put(argparse.Action):
        def __call__(self, parser, namespace, values, option_string=None):
            cfg.ddp.a = int(values)
    parser = argparse.ArgumentParser()
    parser.add_argument("--tp", action=Put)
    cfg.ddp.a = 2
    parser.parse_args(["--tp", "9"])
    return cfg

# %% an argparse type that counts
import argparse
SEEN = []
def size(text):
    SEEN.append(text)
    return int(text)
def recipe():
    cfg = make()
    parser = argparse.ArgumentParser()
    parser.add_argument("--tp", type=size)
    args = parser.parse_args(["--tp", "9"])
    cfg.ddp.a, cfg.ddp.b = args.tp, len(SEEN)
    return cfg

# %% a Namespace of one's own
import argparse
def recipe():
    cfg = make()
    args = argparse.Namespace(tp=4, pp=2)
    args.tp = 8
    cfg.ddp.a, cfg.ddp.b = args.tp, vars(args)["pp"]
    return cfg

# %% a settings class that validates like pydantic
class Model:
    def __init__(self, **values):
        for name, kind in self.__annotations__.items():
            value = values.pop(name, getattr(type(self), name, None))
            setattr(self, name, kind(value))
        if values:
            raise TypeError(sorted(values))
class Settings(Model):
    tp: int = 1
    rate: float = 2
def recipe():
    cfg = make()
    settings = Settings(tp="4")
    cfg.ddp.a, cfg.ddp.b = settings.tp, settings.rate
    return cfg

# %% validators in a registry of a class
class Model:
    validators = {}
    @classmethod
    def validator(cls, name):
        def wrap(func):
            cls.validators[name] = func
            return func
        return wrap
    def put(self, name, value):
        check = self.validators.get(name, lambda value: value)
        setattr(self, name, check(value))
@Model.validator("tp")
def at_least_two(value):
    return max(2, value)
def recipe():
    cfg = make()
    model = Model()
    model.put("tp", 1)
    model.put("pp", 1)
    cfg.ddp.a, cfg.ddp.b = model.tp, model.pp
    return cfg

# %% settings from the environment
class Env:
    def __init__(self, prefix):
        self.prefix = prefix
    def get(self, name, default, kind=int):
        text = os.environ.get(self.prefix + name)
        return default if text is None else kind(text)
def recipe():
    cfg = make()
    env = Env("NO_SUCH_")
    cfg.ddp.a = env.get("TP", 4)
    cfg.ddp.b = env.get("PP", 2) * 2
    return cfg

# %% the environment is set, then read
def recipe():
    cfg = make()
    os.environ["WARY_SIZE"] = "6"
    os.environ.setdefault("WARY_OTHER", "7")
    cfg.ddp.a = int(os.environ["WARY_SIZE"])
    cfg.ddp.b = os.getenv("WARY_OTHER", "1")
    os.environ.pop("WARY_SIZE")
    cfg.ddp.c = os.getenv("WARY_SIZE", "none")
    return cfg

# %% a dict as YAML would load it
CONFIG = {"ddp": {"a": 4, "b": [1, 2]}, "optimizer": {"a": None}}
def apply(target, values):
    for name, value in values.items():
        held = getattr(target, name)
        if isinstance(value, dict):
            apply(held, value)
        else:
            setattr(target, name, value)
def recipe():
    cfg = make()
    apply(cfg, CONFIG)
    cfg.ddp.b.append(3)
    cfg.ddp.c = CONFIG["ddp"]["b"]
    return cfg

# %% a file of JSON that is read
import json, tempfile
def recipe():
    cfg = make()
    with tempfile.NamedTemporaryFile("w+") as file:
        json.dump({"a": 5}, file)
        file.seek(0)
        values = json.load(file)
    for name, value in values.items():
        setattr(cfg.ddp, name, value)
    return cfg

# %% json.loads of a text in the recipe
import json
def recipe():
    cfg = make()
    values = json.loads('{"a": 5, "b": [1, 2.0]}')
    vars(cfg.ddp).update(values)
    return cfg

# %% overrides as `path=value` texts
import ast
def override(cfg, texts):
    for text in texts:
        path, _, value = text.partition("=")
        *parents, name = path.split(".")
        target = functools.reduce(getattr, parents, cfg)
        setattr(target, name, ast.literal_eval(value))
def recipe():
    cfg = make()
    override(cfg, ["ddp.a=4", "optimizer.b='x'"])
    return cfg

# %% a deep merge of dicts
def merge(base, other):
    result = dict(base)
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merge(result[key], value)
        else:
            result[key] = value
    return result
def recipe():
    cfg = make()
    base = {"a": {"x": 1, "y": 2}, "b": 3}
    merged = merge(base, {"a": {"y": 5}, "c": 4})
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = merged["a"]["x"], merged["a"]["y"], base["a"]["y"]
    return cfg

# %% deepcopy of a base at module level
BASE = make()
BASE.ddp.a = 3
def recipe():
    cfg = copy.deepcopy(BASE)
    cfg.ddp.b = cfg.ddp.a + 1
    cfg.ddp.a = 9
    other = copy.deepcopy(BASE)
    cfg.ddp.c = other.ddp.a
    return cfg

# %% copy.copy of a base shares its sections
BASE = make()
def recipe():
    cfg = copy.copy(BASE)
    cfg.ddp.a = 3
    cfg.optimizer = OptimizerConfig(a=1)
    cfg.ddp.b = BASE.ddp.a
    cfg.ddp.c = BASE.optimizer.a
    return cfg

# %% a base that another recipe has changed
BASE = make()
def other():
    BASE.ddp.a = 5
    return BASE
def recipe():
    cfg = other()
    cfg.ddp.b = BASE.ddp.a
    return cfg

# %% a sweep by product
import itertools
GRID = list(itertools.product((1, 2), ("x", "y")))
def variant(tp, name):
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = tp, name
    return cfg
def recipe():
    return variant(*GRID[2])

# %% a sweep that keeps the last
import itertools
def recipe():
    cfg = make()
    for tp, pp in itertools.product([1, 2], [4, 8]):
        if tp * pp <= 8:
            cfg.ddp.a, cfg.ddp.b = tp, pp
    for a, b in itertools.combinations([1, 2, 3], 2):
        cfg.ddp.c = (a, b)
    return cfg

# %% recipes made in a loop
def build(tp):
    def one():
        cfg = make()
        cfg.ddp.a = tp
        return cfg
    return one
VARIANTS = {f"tp{tp}": build(tp) for tp in (1, 2, 4)}
def recipe():
    cfg = VARIANTS["tp2"]()
    cfg.ddp.b = len(VARIANTS)
    return cfg

# %% closures made in a loop see its last value
VARIANTS = []
for tp in (1, 2, 4):
    def one(cfg):
        cfg.ddp.a = tp
    VARIANTS.append(one)
def recipe():
    cfg = make()
    VARIANTS[0](cfg)
    return cfg

# %% functions put into globals()
for size in (1, 2):
    def one(size=size):
        cfg = make()
        cfg.ddp.a = size
        return cfg
    globals()[f"recipe_{size}"] = one
def recipe():
    return recipe_2()

# %% zip(strict=)
def recipe():
    cfg = make()
    for name, value in zip(("a", "b", "c"), (1, 2, 3), strict=True):
        setattr(cfg.ddp, name, value)
    try:
        for name, value in zip(("a", "b"), (7,), strict=True):
            setattr(cfg.optimizer, name, value)
    except ValueError:
        cfg.optimizer.b = "uneven"
    return cfg

# %% match over texts, numbers and classes
def tune(cfg, kind):
    match kind:
        case "small" | "tiny":
            cfg.ddp.a = 1
        case int(n) if n > 3:
            cfg.ddp.a = n
        case DistributedDataParallelConfig(a=x):
            cfg.ddp.a = x
        case {"a": value, **rest}:
            cfg.ddp.a, cfg.ddp.b = value, len(rest)
        case [first, *others]:
            cfg.ddp.a, cfg.ddp.b = first, len(others)
        case _:
            cfg.ddp.a = None
def recipe():
    cfg = make()
    tune(cfg, "tiny")
    cfg.ddp.c = cfg.ddp.a
    tune(cfg, 8)
    cfg.optimizer.a = cfg.ddp.a
    tune(cfg, [4, 5, 6])
    return cfg

# %% match with a return
def size(kind):
    match kind:
        case "small":
            return 1
        case _:
            return 2
def recipe():
    cfg = make()
    cfg.ddp.a = size("large")
    cfg.ddp.b = 3
    return cfg

# %% a dataclass of presets with a classmethod each
@dataclass
class Layout:
    tp: int = 1
    pp: int = 1
    @classmethod
    def wide(cls, **kwargs):
        return cls(**{"tp": 8, **kwargs})
    @property
    def world(self):
        return self.tp * self.pp
def recipe():
    cfg = make()
    layout = Layout.wide(pp=2)
    cfg.ddp.a, cfg.ddp.b = layout.world, Layout.wide().pp
    return cfg

# %% an enum with values that are layouts
class Size(enum.Enum):
    SMALL = (1, 1)
    LARGE = (8, 2)
    def __init__(self, tp, pp):
        self.tp, self.pp = tp, pp
    @property
    def world(self):
        return self.tp * self.pp
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = Size.LARGE.tp, Size.LARGE.world
    cfg.ddp.c = [one.name for one in Size]
    return cfg

# %% hooks that are applied in order of priority
HOOKS = []
def hook(priority):
    def wrap(func):
        HOOKS.append((priority, func))
        return func
    return wrap
@hook(2)
def second(cfg):
    cfg.ddp.a = cfg.ddp.a * 10
@hook(1)
def first(cfg):
    cfg.ddp.a = 3
def recipe():
    cfg = make()
    for _, func in sorted(HOOKS, key=lambda pair: pair[0]):
        func(cfg)
    return cfg

# %% a pipeline of functions with reduce
def widen(cfg):
    cfg.ddp.a = 4
    return cfg
def note(cfg):
    return replace(cfg, ddp=replace(cfg.ddp, b=cfg.ddp.a + 1))
def recipe():
    return functools.reduce(lambda cfg, step: step(cfg), (widen, note), make())

# %% a decorator that changes what a recipe returns
def tuned(**changes):
    def wrap(func):
        @functools.wraps(func)
        def inner(*args, **kwargs):
            cfg = func(*args, **kwargs)
            for name, value in changes.items():
                setattr(cfg.ddp, name, value)
            return cfg
        return inner
    return wrap
@tuned(a=7, b=8)
def base(c=1):
    cfg = make()
    cfg.ddp.a = 1
    cfg.ddp.c = c
    return cfg
def recipe():
    return base(c=3)

# %% observers that are told of a change
class Subject:
    def __init__(self):
        self.listeners = []
        self._tp = 1
    @property
    def tp(self):
        return self._tp
    @tp.setter
    def tp(self, value):
        self._tp = value
        for listener in self.listeners:
            listener(value)
def recipe():
    cfg = make()
    subject = Subject()
    subject.listeners.append(lambda value: setattr(cfg.ddp, "a", value))
    subject.tp = 6
    cfg.ddp.b = subject.tp
    return cfg

# %% a lazy value that is computed once
class Lazy:
    def __init__(self, make):
        self.make = make
        self.value = None
    def __call__(self):
        if self.value is None:
            self.value = self.make()
        return self.value
COUNT = [0]
def expensive():
    COUNT[0] += 1
    return COUNT[0]
SIZE = Lazy(expensive)
def recipe():
    cfg = make()
    SIZE()
    cfg.ddp.a, cfg.ddp.b = SIZE(), COUNT[0]
    return cfg

# %% a singleton by __new__
class State:
    one = None
    def __new__(cls):
        if cls.one is None:
            cls.one = super().__new__(cls)
            cls.one.size = 1
        return cls.one
def recipe():
    cfg = make()
    State().size = 5
    cfg.ddp.a = State().size
    return cfg

# %% a singleton by a function
_STATE = None
def state():
    global _STATE
    if _STATE is None:
        _STATE = {"size": 1}
    return _STATE
def recipe():
    cfg = make()
    state()["size"] = 5
    cfg.ddp.a = state()["size"]
    return cfg

# %% ChainMap, MappingProxyType and OrderedDict
from collections import ChainMap, OrderedDict
from types import MappingProxyType
def recipe():
    cfg = make()
    base = {"a": 1, "b": 2}
    chain = ChainMap({"a": 5}, base)
    view = MappingProxyType(base)
    base["b"] = 7
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = chain["a"], chain["b"], view["b"]
    cfg.optimizer.a = list(OrderedDict(x=1, y=2))
    return cfg

# %% a slot of defaults that __missing__ makes
class Table(dict):
    def __missing__(self, key):
        self[key] = len(self)
        return self[key]
def recipe():
    cfg = make()
    table = Table()
    table["x"]
    cfg.ddp.a = table["y"]
    cfg.ddp.b = table["x"]
    return cfg

# %% an operator for a path
class Path:
    def __init__(self, *parts):
        self.parts = parts
    def __truediv__(self, part):
        return Path(*self.parts, part)
    def __getattr__(self, name):
        return self / name
    def set(self, cfg, value):
        *parents, name = self.parts
        setattr(functools.reduce(getattr, parents, cfg), name, value)
def recipe():
    cfg = make()
    (Path() / "ddp" / "a").set(cfg, 4)
    Path().ddp.b.set(cfg, 5)
    return cfg

# %% a class that counts its objects
class Counted:
    made = 0
    def __init__(self):
        type(self).made += 1
        Counted.last = self
        self.number = Counted.made
def recipe():
    cfg = make()
    one, two = Counted(), Counted()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = one.number, two.number, Counted.last is two
    return cfg

# %% a range of steps as an object that is walked
class Steps:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        for i in range(self.n):
            yield i * 2
    def __len__(self):
        return self.n
def recipe():
    cfg = make()
    steps = Steps(3)
    cfg.ddp.a = list(steps)
    cfg.ddp.b = len(steps)
    cfg.ddp.c = 1 if steps else 2
    for step in steps:
        cfg.optimizer.a = step
    return cfg

# %% units that add and compare
@functools.total_ordering
@dataclass
class Size:
    n: int
    def __add__(self, other):
        return Size(self.n + other.n)
    def __mul__(self, k):
        return Size(self.n * k)
    __rmul__ = __mul__
    def __lt__(self, other):
        return self.n < other.n
def recipe():
    cfg = make()
    total = Size(2) + Size(3) * 2
    cfg.ddp.a = total.n
    cfg.ddp.b = Size(1) < Size(2)
    cfg.ddp.c = max(Size(3), Size(4)).n
    cfg.optimizer.a = (2 * Size(5)).n
    return cfg

# %% a plan with a callback that is kept
class Trainer:
    def __init__(self):
        self.callbacks = {}
    def on(self, event):
        def wrap(func):
            self.callbacks.setdefault(event, []).append(func)
            return func
        return wrap
    def fire(self, event, *args):
        for func in self.callbacks.get(event, ()):
            func(*args)
def recipe():
    cfg = make()
    trainer = Trainer()
    @trainer.on("start")
    def start(section):
        section.a = 4
    @trainer.on("start")
    def more(section):
        section.b = section.a + 1
    trainer.fire("end", cfg.ddp)
    trainer.fire("start", cfg.ddp)
    return cfg

# %% a typed dict and a protocol
from typing import Protocol, TypedDict
class Options(TypedDict, total=False):
    tp: int
class Tuner(Protocol):
    def tune(self, cfg): ...
class Mine:
    def tune(self, cfg):
        cfg.ddp.a = 4
def run(tuner: Tuner, options: Options, cfg):
    tuner.tune(cfg)
    cfg.ddp.b = options.get("tp", 1)
    cfg.ddp.c = Options(tp=3)["tp"]
def recipe():
    cfg = make()
    run(Mine(), {"tp": 2}, cfg)
    return cfg

# %% settings as class attributes, read by vars
class Settings:
    tp = 4
    pp = 2
    _hidden = 3
class Mine(Settings):
    pp = 8
def recipe():
    cfg = make()
    values = {k: v for k, v in vars(Settings).items() if not k.startswith("_")}
    cfg.ddp.a = sorted(values)
    cfg.ddp.b = {k: getattr(Mine, k) for k in dir(Mine) if k == "pp"}["pp"]
    return cfg

# %% a config that nests classes
class Config:
    class model:
        tp = 4
        class attention:
            heads = 8
    class data(model):
        tp = 5
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = Config.model.tp, Config.model.attention.heads, Config.data.attention.heads
    Config.model.tp = 6
    cfg.optimizer.a = Config.model.tp
    return cfg
