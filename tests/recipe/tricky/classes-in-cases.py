# Class patterns of `case`. One program per `# %%`.

# %% a dataclass by place
@dataclass
class Point:
    x: int
    y: int = 2
    seen: list = field(default_factory=list, init=False)
def pick(value):
    match value:
        case Point(0):
            return "zero"
        case Point(x, 2):
            return x
        case Point(_, y=[*items]):
            return items
        case Point():
            return "point"
        case _:
            return "none"
def recipe():
    cfg = make()
    cfg.ddp.a = pick(Point(0))
    cfg.ddp.b = pick(Point(5))
    cfg.ddp.c = pick(Point(1, [3]))
    cfg.optimizer.a = pick(Point(1, 1))
    cfg.optimizer.b = pick((0, 2))
    return cfg

# %% fields of a base come first, and one that is declared again keeps its place
@dataclass
class Base:
    x: int
    y: int = 1
@dataclass
class Derived(Base):
    z: int = 2
    x: int = 3
def recipe():
    cfg = make()
    match Derived():
        case Derived(x, y, z):
            cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = x, y, z
    match Derived(7, 8, 9):
        case Base(x, y):
            cfg.optimizer.a, cfg.optimizer.b = x, y
    return cfg

# %% fields by keyword alone have no place
@dataclass(kw_only=True)
class Base:
    x: int
@dataclass
class Derived(Base):
    y: int
@dataclass
class Mixed:
    a: int
    _: KW_ONLY
    b: int = 3
def recipe():
    cfg = make()
    match Derived(1, x=2):
        case Derived(first):
            cfg.ddp.a = first
    match Mixed(5):
        case Mixed(only):
            cfg.ddp.b = only
    return cfg

# %% no places at all
@dataclass(match_args=False)
class Point:
    x: int
class Plain:
    def __init__(self):
        self.x = 1
def recipe():
    cfg = make()
    try:
        match Point(1):
            case Point(x):
                cfg.ddp.a = "fits"
            case _:
                cfg.ddp.a = "does not fit"
    except TypeError:
        cfg.ddp.a = "no places"
    try:
        match Plain():
            case Plain(x):
                cfg.ddp.b = "fits"
    except TypeError:
        cfg.ddp.b = "no places"
    try:
        match 1:
            case int(1, 2):
                cfg.ddp.c = "fits"
            case _:
                cfg.ddp.c = "does not fit"
    except TypeError:
        cfg.ddp.c = "one place"
    return cfg

# %% more patterns than places
@dataclass
class Point:
    x: int
def recipe():
    cfg = make()
    try:
        match Point(1):
            case Point(1, 2):
                cfg.ddp.a = "fits"
    except TypeError:
        cfg.ddp.a = "too many"
    match 1:
        case Point(1, 2):
            cfg.ddp.b = "fits"
        case _:
            cfg.ddp.b = "not asked"
    return cfg

# %% __match_args__, its own and one above
class Base:
    __match_args__ = ("b", "a")
    def __init__(self, a, b):
        self.a, self.b = a, b
class Derived(Base):
    pass
@dataclass
class Own:
    __match_args__ = ("second",)
    first: int
    second: int
def recipe():
    cfg = make()
    match Derived(1, 2):
        case Derived(x, y):
            cfg.ddp.a, cfg.ddp.b = x, y
    match Own(3, 4):
        case Own(x):
            cfg.ddp.c = x
    return cfg

# %% a dataclass below a class with __match_args__, and a plain class below a dataclass
class Base:
    __match_args__ = ("y",)
@dataclass
class Point(Base):
    x: int
    y: int
class Plain(Point):
    pass
def recipe():
    cfg = make()
    match Point(1, 2):
        case Base(first):
            cfg.ddp.a = first
    match Plain(3, 4):
        case Point(first):
            cfg.ddp.b = first
    match Plain(3, 4):
        case Plain(first, 4):
            cfg.ddp.c = first
    return cfg

# %% __match_args__ that is computed
class Point:
    __match_args__ = tuple(os.environ.get("ARGS", "x y").split())
    def __init__(self):
        self.x, self.y = 1, 2
def recipe():
    cfg = make()
    match Point():
        case Point(1, y):
            cfg.ddp.a = y
        case _:
            cfg.ddp.a = 0
    return cfg

# %% nested, with alternatives and names
@dataclass
class Leaf:
    value: int
@dataclass
class Node:
    left: object
    right: object
def total(tree):
    match tree:
        case Leaf(value):
            return value
        case Node(Leaf(a) | Node(Leaf(a), _), right):
            return a * 10 + total(right)
        case None:
            return 0
def recipe():
    cfg = make()
    cfg.ddp.a = total(Node(Leaf(1), Leaf(2)))
    cfg.ddp.b = total(Node(Node(Leaf(3), None), None))
    cfg.ddp.c = total(Node(None, None))
    return cfg

# %% what is captured is the object's own
@dataclass
class Pair:
    ddp: object
    items: list
def recipe():
    cfg = make()
    pair = Pair(cfg.ddp, [1])
    match pair:
        case Pair(held, items):
            held.a = 1
            items.append(2)
    cfg.ddp.b = pair.items
    return cfg

# %% properties run, each time they are asked
class Counter:
    def __init__(self):
        self.count = 0
    @property
    def next(self):
        self.count += 1
        return self.count
def recipe():
    cfg = make()
    counter = Counter()
    match counter:
        case Counter(next=5):
            cfg.ddp.a = "five"
        case Counter(next=2):
            cfg.ddp.a = "two"
    cfg.ddp.b = counter.count
    return cfg

# %% a property that says that it is not there
class Gone(AttributeError):
    pass
class Options:
    @property
    def missing(self):
        raise AttributeError("missing")
    @property
    def gone(self):
        raise Gone("gone")
    @property
    def broken(self):
        raise ValueError("broken")
def recipe():
    cfg = make()
    match Options():
        case Options(missing=_):
            cfg.ddp.a = "there"
        case Options(gone=_):
            cfg.ddp.a = "gone"
        case _:
            cfg.ddp.a = "not there"
    try:
        match Options():
            case Options(broken=_):
                cfg.ddp.b = "there"
            case _:
                cfg.ddp.b = "not there"
    except ValueError:
        cfg.ddp.b = "broken"
    return cfg

# %% a class that makes up its attributes
class Any:
    def __getattr__(self, name):
        if name == "b":
            raise AttributeError(name)
        return name
def recipe():
    cfg = make()
    match Any():
        case Any(b=b):
            cfg.ddp.a = b
        case Any(a=a):
            cfg.ddp.a = a
    return cfg

# %% sections of the config
def recipe():
    cfg = make()
    match cfg:
        case ConfigContainer(ddp=DistributedDataParallelConfig(a=None)):
            cfg.ddp.a = "none"
        case ConfigContainer(ddp=DistributedDataParallelConfig(a=a, b=b)):
            cfg.ddp.c = [a, b]
    match cfg.ddp:
        case DistributedDataParallelConfig(1, b):
            cfg.optimizer.a = b
        case OptimizerConfig():
            cfg.optimizer.a = "optimizer"
    return cfg

# %% a field that nobody knows
def recipe():
    cfg = make()
    cfg.ddp.a = os.environ.get("A", "x")
    match cfg.ddp:
        case DistributedDataParallelConfig(a="x", b=b):
            cfg.ddp.c = b
        case DistributedDataParallelConfig(a=a):
            cfg.ddp.c = a
    return cfg

# %% an object that somebody out of sight has had
import unknown_lines
def recipe():
    cfg = make()
    holder = [cfg.ddp]
    try:
        import no_such_module
        no_such_module.change(holder)
    except ImportError:
        pass
    match holder:
        case [DistributedDataParallelConfig(a=1) as held]:
            held.c = 4
        case _:
            pass
    cfg.ddp.b = 3
    return cfg
# %file unknown_lines.py
LINES = 1

# %% classes that are no classes
def recipe():
    cfg = make()
    Either = (int, str)
    try:
        match 1:
            case Either():
                cfg.ddp.a = "fits"
    except TypeError:
        cfg.ddp.a = "no class"
    return cfg

# %% isinstance says one thing, and so does a case
class Base:
    pass
class Derived(Base):
    pass
def recipe():
    cfg = make()
    match Derived():
        case int():
            cfg.ddp.a = "int"
        case Base() as found:
            cfg.ddp.a = isinstance(found, Derived)
    match True:
        case int(n):
            cfg.ddp.b = n
    match 1:
        case float() | complex():
            cfg.ddp.c = "float"
        case object():
            cfg.ddp.c = "object"
    return cfg
