# Recipes that are hard to follow: code that runs without being called. One program per `# %%`, other modules of it
# after `# %file`.

# %% __del__ writes when the last name is gone
class Guard:
    def __init__(self, section):
        self.section = section
    def __del__(self):
        self.section.a = 99
def recipe():
    cfg = make()
    guard = Guard(cfg.ddp)
    del guard
    return cfg

# %% __del__ writes when the function that made it ends
class Guard:
    def __init__(self, section):
        self.section = section
    def __del__(self):
        self.section.a = 99
def tune(cfg):
    guard = Guard(cfg.ddp)
    cfg.ddp.a = 1
def recipe():
    cfg = make()
    tune(cfg)
    return cfg

# %% __del__ of a temporary
class Guard:
    def __init__(self, section):
        self.section = section
    def __del__(self):
        self.section.b = 98
def recipe():
    cfg = make()
    Guard(cfg.ddp)
    return cfg

# %% __del__ of a base, and the name is bound anew
class Base:
    def __del__(self):
        self.section.b = 98
class Guard(Base):
    def __init__(self, section):
        self.section = section
def recipe():
    cfg = make()
    guard = Guard(cfg.ddp)
    cfg.ddp.a = 5
    guard = None
    return cfg

# %% __del__ writes to a global
SIZE = 1
class Guard:
    def __del__(self):
        global SIZE
        SIZE = 7
def recipe():
    cfg = make()
    Guard()
    cfg.ddp.a = SIZE
    return cfg

# %% __add__ writes
class Sum:
    def __init__(self, section):
        self.section = section
    def __add__(self, other):
        self.section.a = other
        return self
def recipe():
    cfg = make()
    Sum(cfg.ddp) + 7
    return cfg

# %% __radd__ writes
class Sum:
    def __init__(self, section):
        self.section = section
    def __radd__(self, other):
        self.section.a = other
        return other
def recipe():
    cfg = make()
    cfg.ddp.b = 7 + Sum(cfg.ddp)
    return cfg

# %% __iadd__ writes
class Sum:
    def __init__(self, section):
        self.section = section
    def __iadd__(self, other):
        self.section.a += other
        return self
def recipe():
    cfg = make()
    one = Sum(cfg.ddp)
    one += 4
    one += 5
    return cfg

# %% __lshift__ and __or__ set fields
class Setter:
    def __init__(self, section):
        self.section = section
    def __lshift__(self, pair):
        setattr(self.section, *pair)
        return self
    def __or__(self, values):
        self.section.__dict__.update(values)
        return self
def recipe():
    cfg = make()
    Setter(cfg.ddp) << ("a", 3) << ("b", 4)
    Setter(cfg.optimizer) | {"a": 9}
    return cfg

# %% __eq__ writes
class Probe:
    def __init__(self, section):
        self.section = section
    def __eq__(self, other):
        self.section.a = other
        return False
def recipe():
    cfg = make()
    if Probe(cfg.ddp) == 4:
        cfg.ddp.b = 2
    return cfg

# %% __eq__ writes on behalf of !=, `in` and index
class Probe:
    def __init__(self, section):
        self.section = section
    def __eq__(self, other):
        self.section.a += 1
        return True
def recipe():
    cfg = make()
    probe = Probe(cfg.ddp)
    if 4 != probe:
        cfg.ddp.b = 8
    4 in [1, probe]
    [probe].index(3)
    [probe].count(3)
    return cfg

# %% __lt__ writes, called by sorted, max and <
class Item:
    def __init__(self, section):
        self.section = section
    def __lt__(self, other):
        self.section.a += 1
        return True
    def __gt__(self, other):
        self.section.b += 1
        return True
def recipe():
    cfg = make()
    items = [Item(cfg.ddp), Item(cfg.ddp)]
    items[0] < items[1]
    sorted(items)
    max(items)
    return cfg

# %% list.sort calls __lt__
class Item:
    def __init__(self, section):
        self.section = section
    def __lt__(self, other):
        self.section.a += 1
        return True
def recipe():
    cfg = make()
    items = [Item(cfg.ddp), Item(cfg.ddp)]
    items.sort()
    return cfg

# %% __bool__ writes
class Flag:
    def __init__(self, section):
        self.section = section
    def __bool__(self):
        self.section.a = 44
        return True
def recipe():
    cfg = make()
    if Flag(cfg.ddp):
        cfg.ddp.b = 3
    return cfg

# %% __bool__ writes on behalf of not, and, or, bool, any
class Flag:
    def __init__(self, section):
        self.section = section
    def __bool__(self):
        self.section.a += 1
        return False
def recipe():
    cfg = make()
    flag = Flag(cfg.ddp)
    not flag
    flag and 1
    flag or 1
    bool(flag)
    any([flag])
    1 if flag else 2
    while flag:
        pass
    [x for x in (1,) if flag]
    assert not flag
    return cfg

# %% __len__ as truth writes
class Sized:
    def __init__(self, section):
        self.section = section
    def __len__(self):
        self.section.a = 33
        return 0
def recipe():
    cfg = make()
    if not Sized(cfg.ddp):
        cfg.ddp.b = 4
    return cfg

# %% len() writes
class Sized:
    def __init__(self, section):
        self.section = section
    def __len__(self):
        self.section.a = 33
        return 2
def recipe():
    cfg = make()
    cfg.ddp.b = len(Sized(cfg.ddp))
    return cfg

# %% __contains__ writes
class Names:
    def __init__(self, section):
        self.section = section
    def __contains__(self, name):
        self.section.a = name
        return True
def recipe():
    cfg = make()
    if "x" in Names(cfg.ddp):
        cfg.ddp.b = 6
    return cfg

# %% __iter__ writes: a loop, list(), unpacking, a star, a comprehension
class Items:
    def __init__(self, section):
        self.section = section
    def __iter__(self):
        self.section.a += 1
        return iter([1, 2])
def recipe():
    cfg = make()
    items = Items(cfg.ddp)
    for item in items:
        pass
    list(items)
    one, two = items
    print(*items)
    [item for item in items]
    [*items]
    3 in items
    return cfg

# %% __iter__ is a generator that writes
class Items:
    def __init__(self, section):
        self.section = section
    def __iter__(self):
        yield 1
        self.section.a = 21
def recipe():
    cfg = make()
    for item in Items(cfg.ddp):
        cfg.ddp.b = item
    return cfg

# %% __hash__ writes
class Key:
    def __init__(self, section):
        self.section = section
    def __hash__(self):
        self.section.a += 1
        return 1
def recipe():
    cfg = make()
    key = Key(cfg.ddp)
    table = {key: 1}
    table[key]
    {key}
    hash(key)
    table.get(key)
    key in table
    return cfg

# %% __getitem__ writes
class Table:
    def __init__(self, section):
        self.section = section
    def __getitem__(self, key):
        self.section.a = key
        return key
def recipe():
    cfg = make()
    cfg.ddp.b = Table(cfg.ddp)["k"]
    return cfg

# %% __getitem__ makes a class iterable
class Table:
    def __init__(self, section):
        self.section = section
    def __getitem__(self, key):
        if key > 2:
            raise IndexError
        self.section.a = key
        return key
def recipe():
    cfg = make()
    for item in Table(cfg.ddp):
        pass
    return cfg

# %% __setitem__ writes
class Table:
    def __init__(self, section):
        self.section = section
    def __setitem__(self, key, value):
        setattr(self.section, key, value)
def recipe():
    cfg = make()
    Table(cfg.ddp)["a"] = 17
    return cfg

# %% __setitem__ writes to a global, __delitem__ to another
SIZE = [1]
class Table:
    def __setitem__(self, key, value):
        SIZE.append(value)
    def __delitem__(self, key):
        SIZE.clear()
def recipe():
    cfg = make()
    table = Table()
    table["a"] = 17
    cfg.ddp.a = len(SIZE)
    del table["a"]
    cfg.ddp.b = len(SIZE)
    return cfg

# %% an operator writes to a class, a global and a closure
SIZE = 1
class State:
    size = 1
def recipe():
    cfg = make()
    local = 1
    class Op:
        def __add__(self, other):
            nonlocal local
            global SIZE
            local = 2
            SIZE = 3
            State.size = 4
            return 0
    Op() + 1
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = local, SIZE, State.size
    return cfg

# %% __neg__, __invert__, __abs__, __int__, __float__, __index__ and __round__ write
class Number:
    def __init__(self, section):
        self.section = section
    def count(self):
        self.section.a += 1
        return 0
    __neg__ = __pos__ = __invert__ = __abs__ = __int__ = __index__ = count
    def __float__(self):
        return float(self.count())
    def __round__(self):
        return self.count()
def recipe():
    cfg = make()
    n = Number(cfg.ddp)
    -n
    +n
    ~n
    abs(n)
    int(n)
    float(n)
    round(n)
    [1, 2][n]
    return cfg

# %% __str__, __repr__ and __format__ write
class Text:
    def __init__(self, section):
        self.section = section
    def __str__(self):
        self.section.a += 1
        return "x"
    def __repr__(self):
        self.section.b += 1
        return "y"
def recipe():
    cfg = make()
    text = Text(cfg.ddp)
    str(text)
    f"{text}"
    print(text)
    repr(text)
    f"{text!r}"
    "%s" % text
    "{}".format(text)
    return cfg

# %% __repr__ is only called within a list
class Text:
    def __init__(self, section):
        self.section = section
    def __repr__(self):
        self.section.b += 1
        return "y"
def recipe():
    cfg = make()
    print([Text(cfg.ddp)])
    return cfg

# %% a class of the project as a context manager in an ExitStack
class Scope:
    def __init__(self, section):
        self.section = section
    def __enter__(self):
        self.section.a = 2
        return self
    def __exit__(self, *args):
        self.section.a = 3
def recipe():
    cfg = make()
    with contextlib.ExitStack() as stack:
        stack.enter_context(Scope(cfg.ddp))
        cfg.ddp.b = cfg.ddp.a
    return cfg

# %% callbacks of an ExitStack run at its end
def recipe():
    cfg = make()
    with contextlib.ExitStack() as stack:
        stack.callback(setattr, cfg.ddp, "a", 5)
        stack.callback(lambda: setattr(cfg.ddp, "b", 6))
        cfg.ddp.a = 1
        cfg.ddp.b = 1
    return cfg

# %% callbacks of an ExitStack write to a variable and a global
SIZE = 1
def recipe():
    cfg = make()
    local = 1
    def later():
        nonlocal local
        local = 2
    def sets():
        global SIZE
        SIZE = 3
    with contextlib.ExitStack() as stack:
        stack.callback(later)
        stack.callback(sets)
        local = 5
        SIZE_NOW = SIZE
    cfg.ddp.a, cfg.ddp.b = local, SIZE
    return cfg

# %% an ExitStack that is closed by hand, and one whose callbacks are taken along
def recipe():
    cfg = make()
    stack = contextlib.ExitStack()
    stack.callback(setattr, cfg.ddp, "a", 5)
    cfg.ddp.a = 1
    stack.close()
    with contextlib.ExitStack() as other:
        other.push(lambda *args: setattr(cfg.ddp, "b", 6))
        kept = other.pop_all()
    cfg.ddp.b = 2
    kept.close()
    return cfg

# %% contextlib.closing calls close at the end
class Handle:
    def __init__(self, section):
        self.section = section
    def close(self):
        self.section.a = 12
def recipe():
    cfg = make()
    with contextlib.closing(Handle(cfg.ddp)) as handle:
        cfg.ddp.a = 1
    return cfg

# %% unittest.mock.patch as a context manager
from unittest import mock
SIZE = 1
def size():
    return 2
def recipe():
    cfg = make()
    with mock.patch(f"{__name__}.SIZE", 8), mock.patch(__name__ + ".size", return_value=9):
        cfg.ddp.a, cfg.ddp.b = SIZE, size()
    cfg.ddp.c = SIZE
    return cfg

# %% unittest.mock.patch as a decorator
from unittest.mock import patch
SIZE = 1
def size():
    return 2
@patch("recipe.SIZE", 8)
@patch("recipe.size", lambda: 9)
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = SIZE, size()
    return cfg

# %% unittest.mock.patch.object, patch.dict and patch.multiple
from unittest import mock
class Options:
    size = 1
TABLE = {"a": 1}
def recipe():
    cfg = make()
    with mock.patch.object(Options, "size", 5), mock.patch.dict(TABLE, {"a": 6}):
        cfg.ddp.a, cfg.ddp.b = Options.size, TABLE["a"]
    with mock.patch.multiple("recipe", TABLE={"a": 7}):
        cfg.ddp.c = TABLE["a"]
    return cfg

# %% patch started by hand
from unittest import mock
SIZE = 1
def recipe():
    cfg = make()
    patcher = mock.patch("recipe.SIZE", 8)
    patcher.start()
    cfg.ddp.a = SIZE
    patcher.stop()
    return cfg

# %% patch of the environment
from unittest import mock
def recipe():
    cfg = make()
    with mock.patch.dict(os.environ, {"SOME_SIZE": "8"}):
        cfg.ddp.a = int(os.environ.get("SOME_SIZE", "3"))
    return cfg

# %% patch as a decorator of a helper
from unittest.mock import patch
SIZE = 1
@patch("recipe.SIZE", 8)
def tune(cfg):
    cfg.ddp.a = SIZE
def recipe():
    cfg = make()
    tune(cfg)
    return cfg

# %% weakref.finalize runs when the object is gone
import weakref
class Thing: pass
def recipe():
    cfg = make()
    thing = Thing()
    weakref.finalize(thing, setattr, cfg.ddp, "a", 66)
    del thing
    return cfg

# %% weakref.finalize runs where the function ends
import weakref
class Thing: pass
def tune(cfg):
    thing = Thing()
    weakref.finalize(thing, lambda: setattr(cfg.ddp, "a", 66))
    cfg.ddp.a = 1
def recipe():
    cfg = make()
    tune(cfg)
    cfg.ddp.b = 3
    return cfg

# %% weakref.ref with a callback to a global
import weakref
SIZE = 1
class Thing: pass
def gone(ref):
    global SIZE
    SIZE = 5
def recipe():
    cfg = make()
    thing = Thing()
    ref = weakref.ref(thing, gone)
    thing = None
    cfg.ddp.a = SIZE
    return cfg

# %% atexit.register runs after everything
import atexit
def recipe():
    cfg = make()
    atexit.register(setattr, cfg.ddp, "a", 66)
    return cfg

# %% atexit run early
import atexit
def recipe():
    cfg = make()
    atexit.register(setattr, cfg.ddp, "a", 66)
    cfg.ddp.a = 5
    atexit._run_exitfuncs()
    return cfg

# %% type.__setattr__ on a class
class Options:
    size = 1
def recipe():
    cfg = make()
    type.__setattr__(Options, "size", 5)
    cfg.ddp.a = Options.size
    return cfg

# %% setattr on a class
class Options:
    size = 1
def recipe():
    cfg = make()
    setattr(Options, "size", 5)
    cfg.ddp.a, cfg.ddp.b = Options.size, Options().size
    for name in ("size", "other"):
        setattr(Options, name, 6)
    cfg.ddp.c = Options.size
    return cfg

# %% setattr on a class with a name that nobody knows
class Options:
    size = 1
def recipe():
    cfg = make()
    name = os.environ.get("NO_SUCH_NAME") or "size"
    setattr(Options, name, 5)
    cfg.ddp.a = Options.size
    return cfg

# %% setattr on a module and on Bridge's class
import sys
SIZE = 1
def recipe():
    cfg = make()
    setattr(sys.modules[__name__], "SIZE", 5)
    setattr(DistributedDataParallelConfig, "c", 7)
    cfg.ddp = DistributedDataParallelConfig()
    cfg.ddp.a = SIZE
    cfg.ddp.b = DistributedDataParallelConfig.c
    return cfg

# %% setattr of a method on a class
class Options:
    def size(self):
        return 1
def recipe():
    cfg = make()
    setattr(Options, "size", lambda self: 8)
    cfg.ddp.a = Options().size()
    return cfg

# %% object.__setattr__ on an instance, also a frozen one
@dataclass(frozen=True)
class Options:
    size: int = 1
def recipe():
    cfg = make()
    one = Options()
    object.__setattr__(one, "size", 4)
    object.__setattr__(cfg.ddp, "a", 5)
    cfg.ddp.b = one.size
    return cfg

# %% object.__setattr__ under another name
def recipe():
    cfg = make()
    put = object.__setattr__
    put(cfg.ddp, "a", 5)
    cfg.ddp.__setattr__("b", 6)
    cfg.optimizer.__class__.__setattr__(cfg.optimizer, "a", 7)
    return cfg

# %% object.__delattr__ and __delattr__
def recipe():
    cfg = make()
    cfg.ddp.a = 8
    object.__delattr__(cfg.ddp, "a")
    cfg.ddp.b = 8
    cfg.ddp.__delattr__("b")
    delattr(cfg.ddp, "c")
    return cfg

# %% Class.__dict__ reads
class Options:
    size = 1
def recipe():
    cfg = make()
    Options.size = 4
    cfg.ddp.a = Options.__dict__["size"]
    cfg.ddp.b = vars(Options)["size"]
    cfg.ddp.c = "size" in Options.__dict__
    return cfg

# %% vars(obj).update and obj.__dict__
class Options:
    def __init__(self):
        self.size = 1
def recipe():
    cfg = make()
    one = Options()
    vars(one).update(size=4)
    vars(cfg.ddp).update({"a": 5})
    cfg.ddp.__dict__["b"] = 6
    cfg.optimizer.__dict__ |= {"a": 7}
    cfg.ddp.c = one.size
    return cfg

# %% vars(self).update in __init__
class Options:
    def __init__(self, **kwargs):
        self.size = 1
        vars(self).update(kwargs)
def recipe():
    cfg = make()
    cfg.ddp.a = Options(size=4).size
    return cfg

# %% self.__dict__.update in __init__
class Options:
    size = 2
    def __init__(self, **kwargs):
        self.__dict__.update(kwargs)
def recipe():
    cfg = make()
    cfg.ddp.a = Options(size=4).size
    cfg.ddp.b = Options().size
    return cfg

# %% self.__dict__ replaced
class Options:
    def __init__(self):
        self.size = 1
def recipe():
    cfg = make()
    one = Options()
    one.__dict__ = {"size": 7}
    cfg.ddp.__dict__ = {"a": 1, "b": 2, "c": 3}
    cfg.optimizer.a = one.size
    return cfg

# %% the Borg: all share one __dict__
class Borg:
    state = {}
    def __init__(self):
        self.__dict__ = self.state
def recipe():
    cfg = make()
    Borg().size = 3
    cfg.ddp.a = Borg().size
    return cfg

# %% a registry filled by __init_subclass__
class Base:
    registry = {}
    size = 0
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.registry[cls.__name__] = cls
class Small(Base):
    size = 1
class Large(Base):
    size = 2
def recipe():
    cfg = make()
    cfg.ddp.a = Base.registry["Large"].size
    cfg.ddp.b = len(Base.registry)
    cfg.ddp.c = sorted(Base.registry)
    return cfg

# %% a global registry filled by __init_subclass__
REGISTRY = {}
class Base:
    def __init_subclass__(cls, name=None):
        REGISTRY[name or cls.__name__] = cls
class Small(Base, name="small"):
    size = 1
class Other(Base):
    size = 2
def recipe():
    cfg = make()
    cfg.ddp.a = REGISTRY["small"].size
    cfg.ddp.b = len(REGISTRY)
    cfg.ddp.c = 1 if "Other" in REGISTRY else 2
    return cfg

# %% __init_subclass__ counts
COUNT = 0
class Base:
    def __init_subclass__(cls):
        global COUNT
        COUNT += 1
class One(Base): pass
class Two(One): pass
def recipe():
    cfg = make()
    class Three(Base): pass
    cfg.ddp.a = COUNT
    return cfg

# %% __init_subclass__ of a base in another module
from base import Base, ITEMS
class One(Base): pass
def recipe():
    cfg = make()
    cfg.ddp.a = len(ITEMS)
    return cfg
# %file base.py
ITEMS = []
class Base:
    def __init_subclass__(cls):
        ITEMS.append(cls)

# %% a registry filled by __set_name__
NAMES = []
class Field:
    def __set_name__(self, owner, name):
        NAMES.append(name)
class Options:
    x = Field()
    y = Field()
def recipe():
    cfg = make()
    cfg.ddp.a = len(NAMES)
    return cfg

# %% __set_name__ of a class in another module
from fields import Field, NAMES
class Options:
    x = Field()
def recipe():
    cfg = make()
    cfg.ddp.a = len(NAMES)
    cfg.ddp.b = NAMES
    return cfg
# %file fields.py
NAMES = []
class Field:
    def __set_name__(self, owner, name):
        NAMES.append(name)

# %% a registry filled by a class decorator
REGISTRY = {}
def register(cls):
    REGISTRY[cls.__name__] = cls
    return cls
@register
class Small:
    size = 1
def recipe():
    cfg = make()
    cfg.ddp.a = len(REGISTRY)
    cfg.ddp.b = REGISTRY["Small"].size if "Small" in REGISTRY else 9
    return cfg

# %% a registry filled by a class decorator with arguments, in another module
from registry import REGISTRY, register
@register("small")
@dataclass
class Small:
    size: int = 1
def recipe():
    cfg = make()
    cfg.ddp.a = len(REGISTRY)
    cfg.ddp.b = REGISTRY["small"]().size
    return cfg
# %file registry.py
REGISTRY = {}
def register(name):
    def put(cls):
        REGISTRY[name] = cls
        return cls
    return put

# %% a registry filled by a class with __call__ as a decorator
class Registry:
    def __init__(self):
        self.items = {}
    def __call__(self, cls):
        self.items[cls.__name__] = cls
        return cls
register = Registry()
@register
class Small:
    size = 1
def recipe():
    cfg = make()
    cfg.ddp.a = len(register.items)
    return cfg

# %% a registry filled by a metaclass
class Meta(type):
    names = []
    def __init__(cls, name, bases, body):
        super().__init__(name, bases, body)
        Meta.names.append(name)
class Base(metaclass=Meta): pass
class One(Base): pass
def recipe():
    cfg = make()
    cfg.ddp.a = len(Meta.names)
    return cfg

# %% a registry of subclasses by Python itself
class Base: pass
class One(Base): pass
class Two(Base): pass
def recipe():
    cfg = make()
    cfg.ddp.a = len(Base.__subclasses__())
    cfg.ddp.b = Base.__subclasses__()[1].__name__
    return cfg

# %% modules that import each other, and one rebinds halfway
import other
SIZE = 1
other.fill()
SIZE = SIZE + 1
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = SIZE, other.SEEN, other.NOW
    return cfg
# %file other.py
import recipe
SEEN = getattr(recipe, "SIZE", "none")
NOW = 0
def fill():
    global NOW
    NOW = recipe.SIZE
    recipe.SIZE = 10

# %% modules that import each other by name
from one import A
def recipe():
    cfg = make()
    from two import B, C
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = A, B, C
    return cfg
# %file one.py
A = 1
from two import B
A = 2
# %file two.py
import one
B = one.A
C = one.A
def late():
    return one.A

# %% modules that import each other, and a name is taken before it is bound anew
from one import A, get
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = A, get()
    return cfg
# %file one.py
A = 1
import two
A = 5
def get():
    return two.A
# %file two.py
from one import A

# %% a module without order is imported by one with order halfway
from one import get, A
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = A, get()
    return cfg
# %file one.py
A = 1
from two import B
def get():
    return B
# %file two.py
import one
B = getattr(one, "get", 7)
B = B if B == 7 else 8

# %% a module half imported has no name yet
from one import A
def recipe():
    cfg = make()
    cfg.ddp.a = A
    return cfg
# %file one.py
import two
A = two.B
LATE = 4
# %file two.py
import one
B = hasattr(one, "LATE")

# %% try to import a name from a module that is half imported
from one import A
def recipe():
    cfg = make()
    cfg.ddp.a = A
    return cfg
# %file one.py
from two import B
A = B
LATE = 4
# %file two.py
try:
    from one import LATE
    B = LATE
except ImportError:
    B = -1

# %% a thread writes after it was made
import threading
def recipe():
    cfg = make()
    go = threading.Event()
    def work():
        go.wait()
        cfg.ddp.a = 5
    thread = threading.Thread(target=work)
    thread.start()
    cfg.ddp.a = 1
    go.set()
    thread.join()
    return cfg

# %% a thread writes to a variable, a global and a class
import threading
SIZE = 1
class State:
    size = 1
    def work(self):
        global SIZE
        SIZE = 2
        State.size = 3
def recipe():
    cfg = make()
    local = 1
    def work():
        nonlocal local
        local = 4
    one = threading.Thread(target=State().work)
    two = threading.Thread(target=work)
    one.start(); two.start()
    one.join(); two.join()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = SIZE, State.size, local
    return cfg

# %% a subclass of Thread
import threading
class Worker(threading.Thread):
    def __init__(self, section):
        super().__init__()
        self.section = section
    def run(self):
        self.section.a = 5
def recipe():
    cfg = make()
    worker = Worker(cfg.ddp)
    cfg.ddp.a = 1
    worker.start()
    worker.join()
    return cfg

# %% a timer
import threading
def recipe():
    cfg = make()
    timer = threading.Timer(0, setattr, (cfg.ddp, "a", 5))
    cfg.ddp.a = 1
    timer.start()
    timer.join()
    return cfg

# %% asyncio.run
import asyncio
async def tune(section):
    await asyncio.sleep(0)
    section.a = 5
async def both(cfg):
    await asyncio.gather(tune(cfg.ddp), tune(cfg.optimizer))
    return 8
def recipe():
    cfg = make()
    cfg.ddp.b = asyncio.run(both(cfg))
    return cfg

# %% asyncio.run of a coroutine that was made before
import asyncio
SIZE = 1
async def tune():
    global SIZE
    SIZE = 4
def recipe():
    cfg = make()
    coroutine = tune()
    cfg.ddp.a = SIZE
    asyncio.run(coroutine)
    cfg.ddp.b = SIZE
    return cfg

# %% async functions inside the recipe
import asyncio
def recipe():
    cfg = make()
    section = cfg.ddp
    async def tune():
        section.a = 5
    cfg.ddp.a = 2
    asyncio.new_event_loop().run_until_complete(tune())
    return cfg

# %% a pool of threads
from concurrent.futures import ThreadPoolExecutor
def tune(section):
    section.a = 5
    return 6
def recipe():
    cfg = make()
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(tune, cfg.ddp)
        cfg.ddp.b = future.result()
        list(pool.map(tune, [cfg.optimizer]))
    return cfg

# %% a pool of threads and a global
from concurrent.futures import ThreadPoolExecutor
SIZE = 1
TABLE = {"a": 1}
def tune():
    global SIZE
    SIZE = 5
    TABLE["a"] = 6
def recipe():
    cfg = make()
    pool = ThreadPoolExecutor(1)
    pool.submit(tune)
    pool.shutdown(wait=True)
    cfg.ddp.a = SIZE
    cfg.ddp.b = TABLE["a"]
    return cfg

# %% a callback of a future
from concurrent.futures import Future
def recipe():
    cfg = make()
    future = Future()
    future.add_done_callback(lambda done: setattr(cfg.ddp, "a", done.result()))
    cfg.ddp.a = 1
    future.set_result(7)
    return cfg

# %% a signal handler
import signal
def recipe():
    cfg = make()
    old = signal.signal(signal.SIGUSR1, lambda *args: setattr(cfg.ddp, "a", 5))
    cfg.ddp.a = 1
    signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, old)
    return cfg

# %% a signal handler that writes to a global
import signal
SIZE = 1
def handler(*args):
    global SIZE
    SIZE = 5
def recipe():
    cfg = make()
    old = signal.signal(signal.SIGUSR1, handler)
    signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, old)
    cfg.ddp.a = SIZE
    return cfg

# %% sys.settrace writes
import sys
def recipe():
    cfg = make()
    def tracer(*args):
        cfg.ddp.a += 1
    sys.settrace(tracer)
    len([cfg.ddp])
    make()
    sys.settrace(None)
    return cfg

# %% a module of the project under the name `megatron`
from megatron.corp.settings import SIZES, size
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = len(SIZES), size()
    return cfg
# %file megatron/corp/__init__.py
# %file megatron/corp/settings.py
import megatron.corp.base as base
SIZES = []
SIZE = 1
SIZE = SIZE + base.STEP
def size():
    return SIZE
SIZES.append(SIZE)
base.STEP = 7
# %file megatron/corp/base.py
STEP = 3

# %% a class of the project under the name `megatron`
from megatron.corp.settings import MyDdp
def recipe():
    cfg = make()
    cfg.ddp = MyDdp()
    return cfg
# %file megatron/corp/__init__.py
# %file megatron/corp/settings.py
import megatron.corp.base as base
class MyDdp(base.DistributedDataParallelConfig):
    a = 3
    def __new__(cls):
        return base.DistributedDataParallelConfig(a=7)
# %file megatron/corp/base.py
from megatron.bridge.training.config import DistributedDataParallelConfig

# %% another way to a section: a section by a key of the environment
def recipe():
    cfg = make()
    sections = {"ddp": cfg.ddp, "optimizer": cfg.optimizer}
    key = os.environ.get("NO_SUCH_KEY", "ddp")
    sections[key].a = 55
    return cfg

# %% another way to a section: a section by a computed attribute
def recipe():
    cfg = make()
    key = os.environ.get("NO_SUCH_KEY", "ddp")
    getattr(cfg, key).a = 55
    return cfg

# %% another way to a section: a section by a computed index
def recipe():
    cfg = make()
    at = int(os.environ.get("NO_SUCH_KEY", "0"))
    [cfg.ddp, cfg.optimizer][at].a = 55
    (cfg.ddp, cfg.optimizer)[at].b = 56
    return cfg

# %% another way to a section: a section by get
def recipe():
    cfg = make()
    key = os.environ.get("NO_SUCH_KEY", "ddp")
    {"ddp": cfg.ddp}.get(key, cfg.optimizer).a = 55
    return cfg

# %% another way to a section: a section by max with a key
def recipe():
    cfg = make()
    max([cfg.ddp, cfg.optimizer], key=lambda one: one.a).b = 55
    next(iter([cfg.ddp])).c = 5
    list(filter(None, [cfg.optimizer]))[0].a = 3
    return cfg

# %% another way to a section: a section by a choice
import random
def recipe():
    cfg = make()
    random.choice([cfg.ddp]).a = 3
    collections_deque = __import__("collections").deque([cfg.optimizer])
    collections_deque[0].a = 7
    return cfg

# %% another way to a section: a section by attrgetter
import operator
def recipe():
    cfg = make()
    operator.attrgetter("ddp")(cfg).a = 3
    operator.setitem(vars(cfg.optimizer), "a", 9)
    return cfg

# %% another way to a section: a section by vars, dict items and fields
def recipe():
    cfg = make()
    for name, section in vars(cfg).items():
        if name == "ddp":
            section.a = 4
    for one in dataclasses.fields(cfg):
        held = getattr(cfg, one.name)
        if hasattr(held, "a"):
            held.b = 6
    return cfg

# %% another way to a section: a section out of an object out of sight
import types, queue
def recipe():
    cfg = make()
    q = queue.Queue()
    q.put(cfg.ddp)
    q.get().a = 3
    holder = types.SimpleNamespace(section=cfg.optimizer)
    holder.section.a = 4
    return cfg

# %% another way to a section: a section through a weak reference
import weakref
def recipe():
    cfg = make()
    ref = weakref.proxy(cfg.ddp)
    ref.a = 4
    weakref.ref(cfg.optimizer)().a = 6
    return cfg

# %% another way to a section: a section out of a comprehension that is not followed
def recipe():
    cfg = make()
    keys = os.environ.get("NO_SUCH", "ddp").split(",")
    [setattr(getattr(cfg, key), "a", 4) for key in keys]
    found = [getattr(cfg, key) for key in keys]
    found[0].b = 7
    return cfg

# %% another way to a section: a section out of a slice
def recipe():
    cfg = make()
    n = int(os.environ.get("NO_SUCH", "1"))
    ([cfg.ddp] + [cfg.optimizer])[:n][0].a = 6
    [cfg.ddp][::-1][0].b = 6
    return cfg

# %% another way to a section: a section by or, and, conditional
def recipe():
    cfg = make()
    flag = os.environ.get("NO_SUCH")
    (flag or cfg.ddp).a = 3
    (cfg.optimizer if not flag else cfg.ddp).a = 4
    return cfg

# %% another way to a section: a section from a function that takes a while
def pick(cfg):
    for name in os.environ.get("NO_SUCH", "ddp").split(","):
        return getattr(cfg, name)
def recipe():
    cfg = make()
    pick(cfg).a = 9
    return cfg

# %% another way to a section: a section through a generator
def sections(cfg):
    yield cfg.ddp
    yield cfg.optimizer
def recipe():
    cfg = make()
    for section in sections(cfg):
        section.a = 77
    first, *rest = sections(cfg)
    first.b = 5
    return cfg

# %% another way to a section: a section by star arguments and dict spread
def tune(first, *rest, **named):
    named["x"].b = 3
    rest[0].a = 2
def recipe():
    cfg = make()
    items = [cfg.ddp, cfg.optimizer]
    tune(*items, **{"x": cfg.ddp})
    tune(*iter(items), x=cfg.optimizer)
    return cfg
