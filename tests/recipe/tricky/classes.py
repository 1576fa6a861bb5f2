# Recipes that are hard to follow: classes, instances and what hooks into them. One program per `# %%`.

# %% class attributes are shared, instance attributes hide them
class Options:
    size = 1
def recipe():
    cfg = make()
    one, two = Options(), Options()
    one.size = 2
    Options.size = 3
    cfg.ddp.a, cfg.ddp.b = one.size, two.size
    return cfg

# %% a mutable class attribute is shared
class Options:
    sizes = []
def recipe():
    cfg = make()
    Options().sizes.append(1)
    Options().sizes.append(2)
    cfg.ddp.a = len(Options.sizes)
    return cfg

# %% a mutable class attribute is changed through an instance
class Options:
    table = {"a": 1}
def recipe():
    cfg = make()
    Options().table["a"] = 5
    cfg.ddp.a = Options().table["a"]
    return cfg

# %% a class attribute computed from another
class Options:
    base = 2
    double = base * 2
    if double > 3:
        flag = "big"
    else:
        flag = "small"
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = Options.double, Options.flag
    return cfg

# %% a class attribute rebound in the body
class Options:
    size = 1
    size = size + 1
    size += 5
def recipe():
    cfg = make()
    cfg.ddp.a = Options.size
    return cfg

# %% a comprehension in a class body does not see the class's names
size = 7
class Options:
    size = 1
    sizes = [size for _ in range(2)]
def recipe():
    cfg = make()
    cfg.ddp.a = Options.sizes
    return cfg

# %% a method does not see the class's names
size = 7
class Options:
    size = 1
    def read(self):
        return size
def recipe():
    cfg = make()
    cfg.ddp.a = Options().read()
    return cfg

# %% a loop in the class body
class Options:
    total = 0
    for i in range(4):
        total += i
def recipe():
    cfg = make()
    cfg.ddp.a = Options.total
    cfg.ddp.b = Options.i
    return cfg

# %% dataclass inheritance: a field overridden below keeps its place
@dataclass
class Base:
    x: int = 1
    y: int = 2
@dataclass
class Derived(Base):
    z: int = 3
    x: int = 10
def recipe():
    cfg = make()
    one = Derived(5, 6, 7)
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = one.x, one.y, one.z
    return cfg

# %% a subclass without @dataclass: its annotations are no fields
@dataclass
class Base:
    x: int = 1
class Derived(Base):
    x: int = 10
    y: int = 20
def recipe():
    cfg = make()
    cfg.ddp.a = Derived().x
    cfg.ddp.b = Derived(3).x
    cfg.ddp.c = Derived().y
    return cfg

# %% a Bridge class derived without @dataclass
class MyDdp(DistributedDataParallelConfig):
    a = 42
    b: object = 43
def recipe():
    cfg = make()
    cfg.ddp = MyDdp()
    return cfg

# %% a Bridge class derived with @dataclass
@dataclass
class MyDdp(DistributedDataParallelConfig):
    a: object = 42
    d: object = 1
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(b=3)
    return cfg

# %% a Bridge class derived with @dataclass, attribute without annotation
@dataclass
class MyDdp(DistributedDataParallelConfig):
    a = 42
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(b=3)
    return cfg

# %% InitVar and __post_init__
@dataclass
class MyDdp(DistributedDataParallelConfig):
    scale: InitVar[int] = 2
    def __post_init__(self, scale):
        self.a = self.b * scale
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(b=4, scale=5)
    return cfg

# %% InitVar with its default
@dataclass
class MyDdp(DistributedDataParallelConfig):
    scale: InitVar[int] = 2
    def __post_init__(self, scale):
        self.a = self.b * scale
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(b=4)
    return cfg

# %% __post_init__ of the base by super()
@dataclass
class Base(DistributedDataParallelConfig):
    def __post_init__(self):
        self.a = 3
@dataclass
class Derived(Base):
    def __post_init__(self):
        super().__post_init__()
        self.a += 1
def recipe():
    cfg = make()
    cfg.ddp = Derived()
    return cfg

# %% __post_init__ of the base is lost where the derived one does not call it
@dataclass
class Base(DistributedDataParallelConfig):
    def __post_init__(self):
        self.a = 3
@dataclass
class Derived(Base):
    def __post_init__(self):
        self.b = 9
def recipe():
    cfg = make()
    cfg.ddp = Derived()
    return cfg

# %% default_factory makes one for each
@dataclass
class Options:
    items: list = field(default_factory=list)
def recipe():
    cfg = make()
    one, two = Options(), Options()
    one.items.append(1)
    cfg.ddp.a, cfg.ddp.b = len(one.items), len(two.items)
    return cfg

# %% default_factory with a lambda that counts
COUNTER = [0]
def fresh():
    COUNTER[0] += 1
    return COUNTER[0]
@dataclass
class Options:
    number: int = field(default_factory=fresh)
def recipe():
    cfg = make()
    Options()
    one = Options()
    cfg.ddp.a = one.number
    cfg.ddp.b = one.number
    return cfg

# %% a default that is computed when the class is made
SIZE = 1
@dataclass
class Options:
    size: int = SIZE
SIZE = 2
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size
    return cfg

# %% a class attribute changed later is no default of the constructor
@dataclass
class Options:
    size: int = 1
Options.size = 5
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size
    cfg.ddp.b = Options.size
    return cfg

# %% field(init=False) with a default, set in __post_init__
@dataclass
class Options:
    x: int = 2
    y: int = field(init=False, default=7)
    z: int = field(init=False)
    def __post_init__(self):
        self.z = self.x + self.y
def recipe():
    cfg = make()
    cfg.ddp.a = Options(5).z
    return cfg

# %% kw_only and KW_ONLY
@dataclass
class Options:
    x: int = 1
    _: KW_ONLY
    y: int = 2
@dataclass(kw_only=True)
class More(Options):
    z: int = 3
def recipe():
    cfg = make()
    one = More(9, y=8, z=7)
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = one.x, one.y, one.z
    return cfg

# %% replace runs __post_init__ again
@dataclass
class MyDdp(DistributedDataParallelConfig):
    def __post_init__(self):
        self.a = self.a + 1
def recipe():
    cfg = make()
    cfg.ddp = replace(MyDdp(a=1), b=3)
    return cfg

# %% replace shares what is nested
def recipe():
    cfg = make()
    other = replace(cfg)
    other.ddp.a = 9
    return cfg

# %% replace drops attributes that are no fields
def recipe():
    cfg = make()
    cfg.ddp.extra = 5
    other = replace(cfg.ddp, b=2)
    cfg.ddp.a = hasattr(other, "extra")
    return cfg

# %% copy.copy keeps attributes that are no fields
def recipe():
    cfg = make()
    cfg.ddp.extra = 5
    other = copy.copy(cfg.ddp)
    cfg.ddp.a = hasattr(other, "extra")
    return cfg

# %% copy is shallow, deepcopy is deep
def recipe():
    cfg = make()
    shallow, deep = copy.copy(cfg), copy.deepcopy(cfg)
    shallow.ddp.a = 1
    deep.ddp.a = 2
    deep.ddp.b = 3
    return cfg

# %% deepcopy keeps aliasing inside
def recipe():
    section = DistributedDataParallelConfig()
    cfg = ConfigContainer(ddp=section, optimizer=section)
    other = copy.deepcopy(cfg)
    other.ddp.a = 77
    return other

# %% deepcopy of an object with __deepcopy__
class Section(DistributedDataParallelConfig):
    def __deepcopy__(self, memo):
        return Section(a=99)
def recipe():
    cfg = make()
    cfg.ddp = Section(a=1)
    return copy.deepcopy(cfg)

# %% copy with __copy__
class Section(DistributedDataParallelConfig):
    def __copy__(self):
        return Section(a=99)
def recipe():
    cfg = make()
    cfg.ddp = copy.copy(Section(a=1))
    return cfg

# %% asdict is a deep copy
def recipe():
    cfg = make()
    values = asdict(cfg.ddp)
    values["a"] = 5
    cfg.ddp.b = values["a"]
    return cfg

# %% a config built from asdict
def recipe():
    cfg = make()
    cfg.ddp = DistributedDataParallelConfig(**{**asdict(cfg.ddp), "a": 5})
    return cfg

# %% enum members, values and look-up
class Size(enum.Enum):
    SMALL = 1
    LARGE = 2
def recipe():
    cfg = make()
    cfg.ddp.a = Size.LARGE.value
    cfg.ddp.b = Size(1).name
    cfg.ddp.c = Size["SMALL"] is Size.SMALL
    return cfg

# %% int enum compares with numbers
class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 2
def recipe():
    cfg = make()
    cfg.ddp.a = Size.LARGE == 2
    cfg.ddp.b = Size.LARGE > 1
    cfg.ddp.c = "two" if Size.LARGE == 2 else "other"
    return cfg

# %% string enum compares with texts
class Kind(str, enum.Enum):
    FAST = "fast"
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if Kind.FAST == "fast" else 2
    cfg.ddp.b = Kind.FAST.upper()
    cfg.ddp.c = isinstance(Kind.FAST, str)
    return cfg

# %% a false enum member
class Flag(enum.IntEnum):
    OFF = 0
    ON = 1
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if Flag.OFF else 2
    return cfg

# %% enum aliases and auto
class Size(enum.Enum):
    A = enum.auto()
    B = enum.auto()
    C = 1
def recipe():
    cfg = make()
    cfg.ddp.a = Size.C is Size.A
    cfg.ddp.b = 1 if Size.A == Size.C else 2
    cfg.ddp.c = len(list(Size))
    return cfg

# %% enum members differ
class Size(enum.Enum):
    A = 1
    B = 2
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if Size.A == Size.B else 2
    cfg.ddp.b = Size.A in (Size.B, Size.A)
    return cfg

# %% a context manager class: __enter__ gives another object, __exit__ writes
class Scope:
    def __init__(self, cfg):
        self.cfg = cfg
    def __enter__(self):
        self.cfg.ddp.a = 1
        return self.cfg.ddp
    def __exit__(self, *args):
        self.cfg.ddp.a += 10
def recipe():
    cfg = make()
    with Scope(cfg) as section:
        section.b = section.a
    return cfg

# %% a context manager that suppresses
class Quiet:
    def __enter__(self):
        return self
    def __exit__(self, kind, value, trace):
        return True
def recipe():
    cfg = make()
    with Quiet():
        cfg.ddp.a = 1
        raise ValueError("no")
    cfg.ddp.b = 2
    return cfg

# %% contextmanager from a generator
@contextlib.contextmanager
def scope(cfg):
    cfg.ddp.a = 1
    yield cfg.ddp
    cfg.ddp.a = 5
def recipe():
    cfg = make()
    with scope(cfg) as section:
        section.b = section.a
    return cfg

# %% contextmanager that restores
@contextlib.contextmanager
def patched(obj, name, value):
    old = getattr(obj, name)
    setattr(obj, name, value)
    try:
        yield
    finally:
        setattr(obj, name, old)
def recipe():
    cfg = make()
    with patched(cfg.ddp, "a", 99):
        cfg.ddp.b = cfg.ddp.a
    return cfg

# %% nullcontext gives back its argument
def recipe():
    cfg = make()
    with contextlib.nullcontext(cfg.ddp) as section:
        section.a = 4
    return cfg

# %% properties with setter
class MyDdp(DistributedDataParallelConfig):
    @property
    def both(self):
        return self.a + self.b
    @both.setter
    def both(self, value):
        self.a = value
        self.b = value
def recipe():
    cfg = make()
    cfg.ddp = MyDdp()
    cfg.ddp.both = 4
    cfg.ddp.c = cfg.ddp.both
    return cfg

# %% property() called
class MyDdp(DistributedDataParallelConfig):
    def _get(self):
        return self.a
    def _set(self, value):
        self.a = value * 2
    twice = property(_get, _set)
def recipe():
    cfg = make()
    cfg.ddp = MyDdp()
    cfg.ddp.twice = 4
    cfg.ddp.b = cfg.ddp.twice
    return cfg

# %% a property hides a key of the instance
class Options:
    @property
    def size(self):
        return 5
def recipe():
    cfg = make()
    one = Options()
    one.__dict__["size"] = 1
    cfg.ddp.a = one.size
    return cfg

# %% a property in the base, an attribute below
class Base:
    @property
    def size(self):
        return 5
class Derived(Base):
    size = 7
def recipe():
    cfg = make()
    cfg.ddp.a = Derived().size
    return cfg

# %% cached_property is computed once
class Options:
    calls = 0
    @functools.cached_property
    def size(self):
        Options.calls += 1
        return [Options.calls]
def recipe():
    cfg = make()
    one = Options()
    one.size.append(2)
    cfg.ddp.a = len(one.size)
    cfg.ddp.b = Options.calls
    return cfg

# %% cached_property can be replaced by assignment
class Options:
    @functools.cached_property
    def size(self):
        return 1
def recipe():
    cfg = make()
    one = Options()
    one.size = 8
    cfg.ddp.a = one.size
    return cfg

# %% a data descriptor
class Doubled:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, obj, owner=None):
        return getattr(obj, self.name, 0)
    def __set__(self, obj, value):
        setattr(obj, self.name, value * 2)
class Options:
    size = Doubled()
def recipe():
    cfg = make()
    one = Options()
    one.size = 4
    cfg.ddp.a = one.size
    return cfg

# %% a non-data descriptor
class Computed:
    def __get__(self, obj, owner=None):
        return 12
class Options:
    size = Computed()
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size
    cfg.ddp.b = Options.size
    return cfg

# %% __setattr__ that changes the value
class MyDdp(DistributedDataParallelConfig):
    def __setattr__(self, name, value):
        super().__setattr__(name, value * 2 if name == "a" else value)
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(a=3)
    cfg.ddp.a = 4
    return cfg

# %% __setattr__ that drops writes
class Frozen(DistributedDataParallelConfig):
    def __setattr__(self, name, value):
        if getattr(self, "_done", False):
            return
        object.__setattr__(self, name, value)
    def __post_init__(self):
        object.__setattr__(self, "_done", True)
def recipe():
    cfg = make()
    cfg.ddp = Frozen(a=3)
    cfg.ddp.a = 4
    return cfg

# %% __setattr__ at construction
@dataclass
class Noted(DistributedDataParallelConfig):
    def __setattr__(self, name, value):
        object.__setattr__(self, name, 5 if name == "b" else value)
def recipe():
    cfg = make()
    cfg.ddp = Noted(a=3, b=4)
    return cfg

# %% __getattr__ for what is missing
class Options:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return len(name)
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size
    cfg.ddp.b = getattr(Options(), "_x", 3)
    return cfg

# %% __getattribute__ for everything
class MyDdp(DistributedDataParallelConfig):
    def __getattribute__(self, name):
        if name == "a":
            return 123
        return super().__getattribute__(name)
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(a=1)
    cfg.ddp.b = cfg.ddp.a
    return cfg

# %% __delattr__
class MyDdp(DistributedDataParallelConfig):
    def __delattr__(self, name):
        self.b = 50
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(a=1)
    del cfg.ddp.a
    return cfg

# %% __slots__ with a default below
class Options:
    __slots__ = ("x", "y")
    def __init__(self):
        self.x = 1
def recipe():
    cfg = make()
    one = Options()
    cfg.ddp.a = one.x
    cfg.ddp.b = hasattr(one, "y")
    return cfg

# %% __new__ that gives another object
class Single:
    only = None
    def __new__(cls):
        if cls.only is None:
            cls.only = super().__new__(cls)
            cls.only.count = 0
        return cls.only
def recipe():
    cfg = make()
    Single().count += 1
    Single().count += 1
    cfg.ddp.a = Single().count
    return cfg

# %% __new__ that gives something else entirely
class Number:
    def __new__(cls, value):
        return value + 1
def recipe():
    cfg = make()
    cfg.ddp.a = Number(4)
    return cfg

# %% __call__ on an instance
class Tuner:
    def __init__(self, value):
        self.value = value
    def __call__(self, cfg):
        cfg.ddp.a = self.value
        return cfg
def recipe():
    return Tuner(6)(make())

# %% a metaclass that adds attributes
class Meta(type):
    def __new__(mcs, name, bases, body):
        body["size"] = 44
        return super().__new__(mcs, name, bases, body)
class Options(metaclass=Meta):
    size = 1
def recipe():
    cfg = make()
    cfg.ddp.a = Options.size
    cfg.ddp.b = Options().size
    return cfg

# %% a metaclass with __call__
class Meta(type):
    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        made.a = 31
        return made
class MyDdp(DistributedDataParallelConfig, metaclass=Meta):
    pass
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(a=1)
    return cfg

# %% a metaclass with __getattr__ and a property
class Meta(type):
    @property
    def size(cls):
        return 9
    def __getattr__(cls, name):
        return 10
class Options(metaclass=Meta):
    pass
def recipe():
    cfg = make()
    cfg.ddp.a = Options.size
    cfg.ddp.b = Options.other
    return cfg

# %% __init_subclass__
class Base:
    sizes = {}
    def __init_subclass__(cls, size=0, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.size = size
        Base.sizes[cls.__name__] = size
class One(Base, size=5):
    size = 1
def recipe():
    cfg = make()
    cfg.ddp.a = One.size
    return cfg

# %% __class_getitem__
class Options:
    def __class_getitem__(cls, item):
        return item * 2
def recipe():
    cfg = make()
    cfg.ddp.a = Options[4]
    return cfg

# %% a class decorator that changes an attribute
def larger(cls):
    cls.size = 100
    return cls
@larger
class Options:
    size = 1
def recipe():
    cfg = make()
    cfg.ddp.a = Options.size
    cfg.ddp.b = Options().size
    return cfg

# %% a class decorator that wraps __init__
def tuned(cls):
    old = cls.__init__
    def __init__(self, *args, **kwargs):
        old(self, *args, **kwargs)
        self.a = 66
    cls.__init__ = __init__
    return cls
@tuned
class MyDdp(DistributedDataParallelConfig):
    pass
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(a=1)
    return cfg

# %% a class decorator that gives another class
def swap(cls):
    return DistributedDataParallelConfig
@swap
class MyDdp(DistributedDataParallelConfig):
    a: object = 55
def recipe():
    cfg = make()
    cfg.ddp = MyDdp()
    return cfg

# %% multiple inheritance and the order of look-up
class Root:
    def size(self):
        return 1
class Left(Root):
    def size(self):
        return super().size() + 10
class Right(Root):
    def size(self):
        return super().size() * 2
class Both(Left, Right):
    pass
def recipe():
    cfg = make()
    cfg.ddp.a = Both().size()
    return cfg

# %% a mixin hides a base's attribute
class Mixin:
    a = 20
class MyDdp(Mixin, DistributedDataParallelConfig):
    pass
def recipe():
    cfg = make()
    cfg.ddp = MyDdp()
    cfg.ddp.b = MyDdp.a
    return cfg

# %% classmethod as a factory, overridden below
class Base:
    size = 1
    @classmethod
    def build(cls, **kwargs):
        one = cls()
        one.kind = cls.size
        return one
class Derived(Base):
    size = 2
def recipe():
    cfg = make()
    cfg.ddp.a = Derived.build().kind
    cfg.ddp.b = Base().build().kind
    return cfg

# %% staticmethod called on the instance and the class
class Options:
    @staticmethod
    def size(n):
        return n + 1
def recipe():
    cfg = make()
    cfg.ddp.a = Options.size(1)
    cfg.ddp.b = Options().size(2)
    return cfg

# %% a method replaced on an instance
class Options:
    def size(self):
        return 1
def recipe():
    cfg = make()
    one = Options()
    one.size = lambda: 5
    cfg.ddp.a = one.size()
    cfg.ddp.b = Options().size()
    return cfg

# %% a method replaced on the class
class Options:
    def size(self):
        return 1
def bigger(self):
    return 2
Options.size = bigger
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size()
    return cfg

# %% a bound method kept and called later
class Options:
    def __init__(self):
        self.n = 1
    def read(self):
        return self.n
def recipe():
    cfg = make()
    one = Options()
    read = one.read
    one.n = 4
    cfg.ddp.a = read()
    return cfg

# %% __eq__ and __contains__ of one's own
class Odd:
    def __eq__(self, other):
        return True
    def __contains__(self, item):
        return item == 3
def recipe():
    cfg = make()
    cfg.ddp.a = Odd() == 5
    cfg.ddp.b = 3 in Odd()
    cfg.ddp.c = 4 in Odd()
    return cfg

# %% dataclass equality compares fields
def recipe():
    cfg = make()
    one, two = DistributedDataParallelConfig(a=1), DistributedDataParallelConfig(a=1)
    cfg.ddp.a = 1 if one == two else 2
    cfg.ddp.b = 1 if one is two else 2
    cfg.ddp.c = one in [two]
    return cfg

# %% operators of one's own
class Number:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return self.n + other + 100
    def __radd__(self, other):
        return other + self.n + 200
    def __neg__(self):
        return -1
    def __getitem__(self, key):
        return key * 2
    def __len__(self):
        return 3
    def __iter__(self):
        return iter([7, 8])
def recipe():
    cfg = make()
    n = Number(1)
    cfg.ddp.a = n + 1
    cfg.ddp.b = 1 + n
    cfg.ddp.c = n[4] + len(n)
    cfg.optimizer.a = list(n)
    cfg.optimizer.b = -n
    return cfg

# %% += calls __iadd__ of a list through an alias
def recipe():
    cfg = make()
    one = [1]
    two = one
    one += [2]
    cfg.ddp.a = len(two)
    three = one
    one = one + [3]
    cfg.ddp.b = len(three)
    return cfg

# %% isinstance with a subclass, a tuple and a union
class Base: pass
class Derived(Base): pass
def recipe():
    cfg = make()
    cfg.ddp.a = isinstance(Derived(), Base)
    cfg.ddp.b = isinstance(1, (str, int))
    cfg.ddp.c = isinstance(True, int) and isinstance(1.0, float) and not isinstance(1, float)
    return cfg

# %% isinstance(1, float) decides
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if isinstance(4, float) else 2
    cfg.ddp.b = 1 if isinstance(4.0, int) else 2
    cfg.ddp.c = 1 if isinstance(8 / 2, int) else 2
    cfg.optimizer.a = type(4) is int
    cfg.optimizer.b = type(4.0).__name__
    return cfg

# %% __instancecheck__
class Meta(type):
    def __instancecheck__(cls, value):
        return True
class Anything(metaclass=Meta):
    pass
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if isinstance(cfg, Anything) else 2
    return cfg

# %% isinstance with a base registered in an ABC
import abc
class Shape(abc.ABC):
    pass
class Square:
    pass
Shape.register(Square)
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if isinstance(Square(), Shape) else 2
    return cfg

# %% runtime-checkable protocol
from typing import Protocol, runtime_checkable
@runtime_checkable
class HasSize(Protocol):
    size: int
class Options:
    size = 3
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if isinstance(Options(), HasSize) else 2
    return cfg

# %% NamedTuple
from typing import NamedTuple
class Layout(NamedTuple):
    tp: int = 1
    pp: int = 2
def recipe():
    cfg = make()
    layout = Layout(tp=4)
    cfg.ddp.a, cfg.ddp.b = layout
    cfg.ddp.c = layout._replace(pp=8).pp
    cfg.optimizer.a = layout[0]
    cfg.optimizer.b = layout == (4, 2)
    return cfg

# %% namedtuple
from collections import namedtuple
Layout = namedtuple("Layout", ["tp", "pp"], defaults=[3])
def recipe():
    cfg = make()
    layout = Layout(1)
    cfg.ddp.a = layout.pp
    return cfg

# %% SimpleNamespace
from types import SimpleNamespace
def recipe():
    cfg = make()
    options = SimpleNamespace(a=1, b=2)
    options.a += 5
    cfg.ddp.a = options.a
    return cfg

# %% a subclass of dict
class Options(dict):
    def __getattr__(self, name):
        return self[name]
def recipe():
    cfg = make()
    options = Options(a=3)
    options["b"] = 4
    cfg.ddp.a = options.a + options["b"]
    cfg.ddp.b = len(options)
    return cfg

# %% __missing__
class Options(dict):
    def __missing__(self, key):
        return 17
def recipe():
    cfg = make()
    cfg.ddp.a = Options()["a"]
    return cfg

# %% defaultdict and Counter
from collections import defaultdict, Counter
def recipe():
    cfg = make()
    table = defaultdict(lambda: 6)
    cfg.ddp.a = table["a"]
    cfg.ddp.b = len(table)
    cfg.ddp.c = Counter("aab")["a"]
    return cfg

# %% type() makes a class
MyDdp = type("MyDdp", (DistributedDataParallelConfig,), {"extra": 5})
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(a=2)
    cfg.ddp.b = cfg.ddp.extra
    return cfg

# %% make_dataclass
MyDdp = dataclasses.make_dataclass("MyDdp", [("a", object, 9)], bases=(DistributedDataParallelConfig,))
def recipe():
    cfg = make()
    cfg.ddp = MyDdp()
    return cfg

# %% __class__ assigned
class MyDdp(DistributedDataParallelConfig):
    @property
    def extra(self):
        return 5
def recipe():
    cfg = make()
    cfg.ddp.__class__ = MyDdp
    cfg.ddp.b = cfg.ddp.extra
    return cfg

# %% a class made in a function closes over its arguments
def build(size):
    class Options:
        value = size
        def read(self):
            return size + 1
    return Options
def recipe():
    cfg = make()
    One, Two = build(1), build(2)
    cfg.ddp.a, cfg.ddp.b = One.value, Two().read()
    cfg.ddp.c = isinstance(One(), Two)
    return cfg

# %% dataclass made in a function with a default from its argument
def build(size):
    @dataclass
    class Options:
        value: int = size
    return Options
def recipe():
    cfg = make()
    One, Two = build(1), build(2)
    cfg.ddp.a, cfg.ddp.b = One().value, Two().value
    return cfg

# %% frozen dataclass raises, and is replaced
@dataclass(frozen=True)
class Options:
    size: int = 1
def recipe():
    cfg = make()
    one = Options()
    try:
        one.size = 5
    except dataclasses.FrozenInstanceError:
        cfg.ddp.b = "frozen"
    cfg.ddp.a = one.size
    return cfg

# %% frozen dataclass raises an AttributeError
@dataclass(frozen=True)
class Options:
    size: int = 1
def recipe():
    cfg = make()
    one = Options()
    try:
        one.size = 5
        cfg.ddp.b = 1
    except AttributeError:
        cfg.ddp.b = 2
    return cfg

# %% an instance attribute and a class attribute after del
class Options:
    size = 1
def recipe():
    cfg = make()
    one = Options()
    one.size = 5
    del one.size
    cfg.ddp.a = one.size
    return cfg

# %% delattr of a class attribute shows the base's
class Base:
    size = 1
class Derived(Base):
    size = 2
def recipe():
    cfg = make()
    del Derived.size
    cfg.ddp.a = Derived().size
    return cfg

# %% a class attribute set through cls
class Options:
    size = 1
    @classmethod
    def grow(cls):
        cls.size += 1
class More(Options):
    pass
def recipe():
    cfg = make()
    More.grow()
    cfg.ddp.a, cfg.ddp.b = Options.size, More.size
    return cfg

# %% private names are mangled
class Base:
    def __init__(self):
        self.__x = 1
    def base(self):
        return self.__x
class Derived(Base):
    def __init__(self):
        super().__init__()
        self.__x = 2
def recipe():
    cfg = make()
    cfg.ddp.a = Derived().base()
    cfg.ddp.b = Derived()._Derived__x
    return cfg

# %% __repr__ and __str__ of one's own
class Options:
    def __str__(self):
        return "text"
    def __format__(self, spec):
        return "formatted" + spec
def recipe():
    cfg = make()
    cfg.ddp.a = str(Options())
    cfg.ddp.b = f"{Options():x}"
    return cfg

# %% vars() of an instance is live
def recipe():
    cfg = make()
    table = vars(cfg.ddp)
    table["a"] = 9
    table.update(b=8)
    return cfg

# %% __dict__ copied is not live
def recipe():
    cfg = make()
    table = dict(cfg.ddp.__dict__)
    table["a"] = 9
    cfg.optimizer.a = len(table)
    return cfg

# %% an object that changes others when it is read
class Trap:
    def __init__(self, cfg):
        self.cfg = cfg
    @property
    def value(self):
        self.cfg.ddp.a = 13
        return 1
def recipe():
    cfg = make()
    trap = Trap(cfg)
    cfg.ddp.b = trap.value
    return cfg

# %% abstract and concrete with super in a dataclass __init__ of one's own
@dataclass
class MyDdp(DistributedDataParallelConfig):
    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.a = size
def recipe():
    cfg = make()
    cfg.ddp = MyDdp(3, b=5)
    return cfg

# %% @dataclass(init=False)
@dataclass(init=False)
class Options:
    size: int = 1
    other: int = 2
    def __init__(self):
        self.size = 9
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = Options().size, Options().other
    return cfg

# %% dataclass under another name
from dataclasses import dataclass as dc
import dataclasses as d
@dc
class One:
    x: int = 1
@d.dataclass
class Two(One):
    y: int = d.field(default=5)
def recipe():
    cfg = make()
    cfg.ddp.a = One(4).x
    cfg.ddp.b = Two(4).y
    return cfg

# %% a dataclass wrapped by one's own decorator
def config(cls):
    cls.note = 3
    return dataclass(cls)
@config
class Options:
    x: int = 1
def recipe():
    cfg = make()
    cfg.ddp.a = Options(x=7).x
    return cfg

# %% dataclass_transform-like base
class Base:
    def __init_subclass__(cls):
        dataclass(cls)
class Options(Base):
    x: int = 1
def recipe():
    cfg = make()
    cfg.ddp.a = Options(x=7).x
    return cfg
