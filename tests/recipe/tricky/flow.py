# Recipes that are hard to follow: control flow, names, modules and code at run time. One program per `# %%`,
# other modules of it after `# %file`.

# %% while with break and else
def recipe():
    cfg = make()
    n = 0
    while n < 5:
        n += 1
        if n == 3:
            break
    else:
        cfg.ddp.b = "else"
    cfg.ddp.a = n
    return cfg

# %% while with else and no break
def recipe():
    cfg = make()
    n = 0
    while n < 2:
        n += 1
    else:
        cfg.ddp.b = "else"
    cfg.ddp.a = n
    return cfg

# %% for with else
def recipe():
    cfg = make()
    for n in (1, 2):
        if n == 5:
            break
    else:
        cfg.ddp.a = "else"
    for n in (1, 2):
        if n == 2:
            break
    else:
        cfg.ddp.b = "else"
    for n in ():
        pass
    else:
        cfg.ddp.c = "empty"
    return cfg

# %% continue in finally and nested loops
def recipe():
    cfg = make()
    seen = []
    for i in range(3):
        for j in range(3):
            if j == 1:
                continue
            if i == 1:
                break
            seen.append((i, j))
    cfg.ddp.a = len(seen)
    return cfg

# %% try, except, else and finally
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = 1
    except ValueError:
        cfg.ddp.a = 2
    else:
        cfg.ddp.b = 3
    finally:
        cfg.ddp.c = 4
    return cfg

# %% except picks the first that fits
def recipe():
    cfg = make()
    try:
        {}["x"]
    except LookupError:
        cfg.ddp.a = "lookup"
    except KeyError:
        cfg.ddp.a = "key"
    return cfg

# %% one's own exceptions derive
class Problem(ValueError):
    pass
class Special(Problem):
    pass
def recipe():
    cfg = make()
    try:
        raise Special("x")
    except ValueError:
        cfg.ddp.a = "value"
    try:
        raise Problem
    except (KeyError, Problem) as error:
        cfg.ddp.b = "problem"
    return cfg

# %% an exception group by variable
ERRORS = (KeyError, ValueError)
def recipe():
    cfg = make()
    try:
        raise ValueError
    except ERRORS:
        cfg.ddp.a = "caught"
    return cfg

# %% an exception under another name
import builtins
Oops = ValueError
def recipe():
    cfg = make()
    try:
        raise ValueError
    except Oops:
        cfg.ddp.a = 1
    try:
        raise Oops
    except builtins.ValueError:
        cfg.ddp.b = 2
    return cfg

# %% BaseException is not Exception
def recipe():
    cfg = make()
    try:
        try:
            raise KeyboardInterrupt
        except Exception:
            cfg.ddp.a = 1
    except BaseException:
        cfg.ddp.a = 2
    try:
        try:
            raise SystemExit(0)
        except Exception:
            cfg.ddp.b = 1
    except SystemExit:
        cfg.ddp.b = 2
    return cfg

# %% sys.exit in a try
import sys
def recipe():
    cfg = make()
    try:
        sys.exit(1)
    except SystemExit:
        cfg.ddp.a = 2
    else:
        cfg.ddp.a = 3
    return cfg

# %% raise in a handler, finally before it
def inner(cfg):
    try:
        raise ValueError
    except ValueError:
        raise KeyError
    finally:
        cfg.ddp.a = 5
def recipe():
    cfg = make()
    try:
        inner(cfg)
    except KeyError:
        cfg.ddp.b = 6
    return cfg

# %% raise again
def recipe():
    cfg = make()
    try:
        try:
            int("x")
        except ValueError:
            cfg.ddp.a = 1
            raise
    except ValueError:
        cfg.ddp.b = 2
    return cfg

# %% raise again after another was caught
def recipe():
    cfg = make()
    try:
        try:
            raise KeyError
        except KeyError as error:
            raise ValueError("x") from error
    except ValueError:
        cfg.ddp.a = 1
    return cfg

# %% an exception object raised later
def recipe():
    cfg = make()
    error = ValueError("later")
    try:
        raise error
    except ValueError:
        cfg.ddp.a = 1
    return cfg

# %% an exception class by a variable
def recipe():
    cfg = make()
    kind = ValueError
    try:
        raise kind("x")
    except KeyError:
        cfg.ddp.a = 1
    except ValueError:
        cfg.ddp.a = 2
    return cfg

# %% break in finally swallows
def recipe():
    cfg = make()
    for _ in range(1):
        try:
            raise ValueError
        finally:
            break
    cfg.ddp.a = 3
    return cfg

# %% the exception's name is gone after the handler
def recipe():
    cfg = make()
    error = 5
    try:
        raise ValueError
    except ValueError as error:
        pass
    try:
        cfg.ddp.a = error
    except NameError:
        cfg.ddp.a = "gone"
    return cfg

# %% assert with and without message
def recipe():
    cfg = make()
    try:
        assert cfg.ddp.a == 5, "no"
        cfg.ddp.b = 1
    except AssertionError:
        cfg.ddp.b = 2
    return cfg

# %% contextlib.suppress
def recipe():
    cfg = make()
    with contextlib.suppress(KeyError):
        cfg.ddp.a = 1
        {}["x"]
        cfg.ddp.a = 2
    return cfg

# %% match on values and shapes
def pick(value):
    match value:
        case 1 | 2:
            return "small"
        case [a, *rest]:
            return len(rest)
        case {"k": v}:
            return v
        case str() as text if text:
            return text.upper()
        case _:
            return None
def recipe():
    cfg = make()
    cfg.ddp.a = pick(2)
    cfg.ddp.b = pick([1, 2, 3])
    cfg.ddp.c = pick({"k": 9})
    cfg.optimizer.a = pick("x")
    cfg.optimizer.b = pick(None)
    return cfg

# %% match on a class
def recipe():
    cfg = make()
    match cfg.ddp:
        case OptimizerConfig():
            cfg.ddp.a = 1
        case DistributedDataParallelConfig(b=1):
            cfg.ddp.a = 2
        case _:
            cfg.ddp.a = 3
    return cfg

# %% a match that binds
def recipe():
    cfg = make()
    x = 1
    match (3, 4):
        case (x, y):
            cfg.ddp.a = y
    cfg.ddp.b = x
    return cfg

# %% return inside a match
def size(kind):
    match kind:
        case "a":
            return 1
        case "b":
            return 2
    return 3
def recipe():
    cfg = make()
    cfg.ddp.a = size("b")
    cfg.ddp.b = size("z")
    return cfg

# %% return inside a match inside the recipe
def recipe():
    cfg = make()
    match cfg.ddp.b:
        case 1:
            return cfg
    cfg.ddp.a = 5
    return cfg

# %% raise inside a match
def recipe():
    cfg = make()
    try:
        match 1:
            case 1:
                raise ValueError
        cfg.ddp.a = 1
    except ValueError:
        cfg.ddp.a = 2
    return cfg

# %% break inside a match
def recipe():
    cfg = make()
    for n in (1, 2, 3):
        match n:
            case 2:
                break
        cfg.ddp.a = n
    return cfg

# %% global rebound inside a match in a helper
LIMIT = 1
def helper():
    global LIMIT
    match 1:
        case 1:
            LIMIT = 2
def recipe():
    cfg = make()
    helper()
    cfg.ddp.a = LIMIT
    return cfg

# %% builtins shadowed at module level
def len(value):
    return 100
def recipe():
    cfg = make()
    cfg.ddp.a = len([1])
    return cfg

# %% builtins shadowed by a local name
def recipe():
    cfg = make()
    dict = lambda **kw: {"a": 5}
    cfg.ddp.a = dict(a=1)["a"]
    setattr = lambda *args: None
    setattr(cfg.ddp, "b", 9)
    return cfg

# %% builtins shadowed by a parameter
def helper(cfg, isinstance=lambda *a: False):
    cfg.ddp.a = 1 if isinstance(cfg, ConfigContainer) else 2
def recipe():
    cfg = make()
    helper(cfg)
    return cfg

# %% the builtins module patched
import builtins
def recipe():
    cfg = make()
    old = builtins.len
    builtins.len = lambda value: 50
    cfg.ddp.a = len([])
    builtins.len = old
    return cfg

# %% True-like names
true, false, none = True, False, None
def recipe():
    cfg = make()
    cfg.ddp.a = true
    cfg.ddp.b = none
    return cfg

# %% super shadowed, property shadowed, dataclass shadowed
def dataclass(cls):
    cls.size = 3
    return cls
@dataclass
class Options:
    size: int = 1
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size
    return cfg

# %% replace shadowed
def replace(obj, **values):
    return DistributedDataParallelConfig(a="mine")
def recipe():
    cfg = make()
    cfg.ddp = replace(cfg.ddp, a=5)
    return cfg

# %% field shadowed
def field(default=None):
    return 5
@dataclass
class Options:
    size: int = field(default=1)
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size
    return cfg

# %% property shadowed
def property(func):
    return 5
class Options:
    @property
    def size(self):
        return 1
def recipe():
    cfg = make()
    cfg.ddp.a = Options().size
    return cfg

# %% ConfigContainer shadowed
class ConfigContainer(ConfigContainer):
    def __post_init__(self):
        self.ddp.a = 21
def build():
    return ConfigContainer(ddp=DistributedDataParallelConfig())
def recipe():
    return build()

# %% globals() written and read
SIZE = 1
def recipe():
    cfg = make()
    globals()["SIZE"] = 4
    cfg.ddp.a = SIZE
    return cfg

# %% globals().update at module level
SIZE = 1
globals().update(SIZE=6)
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg

# %% globals() at module level by item
SIZE = 1
globals()["SIZE"] = 7
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg

# %% globals() under a name
SIZE = 1
def recipe():
    cfg = make()
    table = globals()
    table["SIZE"] = 8
    cfg.ddp.a = SIZE
    return cfg

# %% a global set by a loop over globals()
for _name in ("A", "B"):
    globals()[f"SIZE_{_name}"] = len(_name) + 2
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE_A
    return cfg

# %% sys.modules[__name__] patched
import sys
SIZE = 1
setattr(sys.modules[__name__], "SIZE", 3)
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg

# %% locals() is a copy
def recipe():
    cfg = make()
    x = 1
    locals()["x"] = 5
    cfg.ddp.a = x
    return cfg

# %% locals() as kwargs
def recipe():
    cfg = make()
    a = 3
    b = 4
    options = {k: v for k, v in locals().items() if k in ("a", "b")}
    cfg.ddp = DistributedDataParallelConfig(**options)
    return cfg

# %% exec at module level
exec("SIZE = 5")
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg

# %% exec at module level over a known name
SIZE = 1
exec("SIZE = 5")
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg

# %% eval
def recipe():
    cfg = make()
    cfg.ddp.a = eval("1 + 2")
    return cfg

# %% exec with its own namespace
def recipe():
    cfg = make()
    space = {}
    exec("x = 5", space)
    cfg.ddp.a = space["x"]
    return cfg

# %% exec in a helper that patches the class
def helper():
    exec("DistributedDataParallelConfig.__init__ = lambda self: None", globals())
def recipe():
    cfg = make()
    helper()
    cfg.ddp = DistributedDataParallelConfig()
    return cfg

# %% compile and exec under another name
run = exec
def recipe():
    cfg = make()
    run("cfg.ddp.a = 6")
    return cfg

# %% a module-level call changes a table
TABLE = {"a": 1}
def fill():
    TABLE.update(a=5)
fill()
def recipe():
    cfg = make()
    cfg.ddp.a = TABLE["a"]
    return cfg

# %% a module-level call changes a list
ITEMS = []
def add(value):
    ITEMS.append(value)
add(1)
add(2)
def recipe():
    cfg = make()
    cfg.ddp.a = len(ITEMS)
    return cfg

# %% a module-level call gets the table as its argument
TABLE = {"a": 1}
def fill(table):
    table["a"] = 6
fill(TABLE)
def recipe():
    cfg = make()
    cfg.ddp.a = TABLE["a"]
    return cfg

# %% a module-level alias is changed
TABLE = {"a": 1}
OTHER = TABLE
OTHER["a"] = 7
def recipe():
    cfg = make()
    cfg.ddp.a = TABLE["a"]
    return cfg

# %% a module-level object is changed through another that holds it
INNER = {"a": 1}
OUTER = {"inner": INNER}
OUTER["inner"]["a"] = 8
def recipe():
    cfg = make()
    cfg.ddp.a = INNER["a"]
    return cfg

# %% a module-level loop changes a table through an alias
TABLES = [{"a": 1}, {"a": 2}]
FIRST = TABLES[0]
for table in TABLES:
    table["a"] += 10
def recipe():
    cfg = make()
    cfg.ddp.a = FIRST["a"]
    cfg.ddp.b = TABLES[1]["a"]
    return cfg

# %% module-level setattr on a class
class Options:
    size = 1
setattr(Options, "size", 9)
def recipe():
    cfg = make()
    cfg.ddp.a = Options.size
    return cfg

# %% module-level setattr on a Bridge class's __init__
_old = DistributedDataParallelConfig.__init__
def _init(self, *args, **kwargs):
    _old(self, *args, **kwargs)
    self.a = 15
setattr(DistributedDataParallelConfig, "__init__", _init)
def recipe():
    return make()

# %% a Bridge class's __init__ patched by assignment
_old = DistributedDataParallelConfig.__init__
def _init(self, *args, **kwargs):
    _old(self, *args, **kwargs)
    self.a = 16
DistributedDataParallelConfig.__init__ = _init
def recipe():
    return make()

# %% a Bridge class patched inside the recipe
def recipe():
    def init(self, *args, **kwargs):
        self.a, self.b, self.c = 4, 5, 6
    DistributedDataParallelConfig.__init__ = init
    return make()

# %% a Bridge module's name patched
import megatron.bridge.training.config as config_module
class Mine(DistributedDataParallelConfig):
    def __post_init__(self):
        self.a = 51
config_module.DistributedDataParallelConfig = Mine
def recipe():
    cfg = make()
    cfg.ddp = config_module.DistributedDataParallelConfig()
    return cfg

# %% a Bridge class gets a __setattr__
def _set(self, name, value):
    object.__setattr__(self, name, 3 if name == "a" else value)
def recipe():
    DistributedDataParallelConfig.__setattr__ = _set
    cfg = make()
    cfg.ddp.a = 10
    return cfg

# %% a Bridge class gets a property
DistributedDataParallelConfig.extra = property(lambda self: 40)
def recipe():
    cfg = make()
    cfg.ddp.a = cfg.ddp.extra
    return cfg

# %% a method patched onto the container and called
def tune(self):
    self.ddp.a = 12
ConfigContainer.tune = tune
def recipe():
    cfg = make()
    cfg.tune()
    return cfg

# %% a helper module patches on import
import patches
def recipe():
    return make()
# %file patches.py
from megatron.bridge.training.config import DistributedDataParallelConfig
_old = DistributedDataParallelConfig.__init__
def _init(self, *args, **kwargs):
    _old(self, *args, **kwargs)
    self.a = 17
DistributedDataParallelConfig.__init__ = _init

# %% a helper module patches when called
import patches
patches.apply()
def recipe():
    return make()
# %file patches.py
from megatron.bridge.training import config
def apply():
    old = config.DistributedDataParallelConfig.__init__
    def init(self, *args, **kwargs):
        old(self, *args, **kwargs)
        self.a = 18
    config.DistributedDataParallelConfig.__init__ = init

# %% another module's constant changed at import
import settings
settings.SIZE = 5
def recipe():
    cfg = make()
    cfg.ddp.a = settings.SIZE
    return cfg
# %file settings.py
SIZE = 1

# %% another module's constant changed by a third
import settings
import changes
def recipe():
    cfg = make()
    cfg.ddp.a = settings.SIZE
    return cfg
# %file settings.py
SIZE = 1
# %file changes.py
import settings
settings.SIZE = 6

# %% a constant imported before it is changed keeps its value
from settings import SIZE
import settings
settings.SIZE = 5
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    cfg.ddp.b = settings.SIZE
    return cfg
# %file settings.py
SIZE = 1

# %% another module's table changed at import
from settings import TABLE
TABLE["a"] = 5
def recipe():
    cfg = make()
    cfg.ddp.a = TABLE["a"]
    return cfg
# %file settings.py
TABLE = {"a": 1}

# %% another module's table changed by a third
from settings import TABLE
import changes
def recipe():
    cfg = make()
    cfg.ddp.a = TABLE["a"]
    return cfg
# %file settings.py
TABLE = {"a": 1}
# %file changes.py
from settings import TABLE
TABLE["a"] = 6

# %% another module's table filled by a registry
from registry import get
import plugins
def recipe():
    cfg = make()
    cfg.ddp.a = get("small")()
    cfg.ddp.b = get("other", lambda: 3)()
    return cfg
# %file registry.py
_TABLE = {}
def register(name):
    def decorate(func):
        _TABLE[name] = func
        return func
    return decorate
def get(name, default=None):
    return _TABLE.get(name, default)
# %file plugins.py
from registry import register
@register("small")
def small():
    return 1
@register("other")
def other():
    return 2

# %% a module's function set global, called from here
import state
state.bump()
state.bump()
def recipe():
    cfg = make()
    state.bump()
    cfg.ddp.a = state.COUNT
    return cfg
# %file state.py
COUNT = 0
def bump():
    global COUNT
    COUNT += 1

# %% star import with __all__
from names import *
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    try:
        cfg.ddp.b = OTHER
    except NameError:
        cfg.ddp.b = "hidden"
    return cfg
# %file names.py
__all__ = ["SIZE"]
SIZE = 3
OTHER = 4

# %% star import with __all__ hides nothing private it names
from names import *
def recipe():
    cfg = make()
    cfg.ddp.a = _private
    return cfg
# %file names.py
__all__ = ["_private"]
_private = 3

# %% star import over a known name
SIZE = 1
from names import *
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg
# %file names.py
SIZE = 3

# %% a known name over a star import
from names import *
SIZE = 1
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg
# %file names.py
SIZE = 3

# %% star import shadows a builtin
from names import *
def recipe():
    cfg = make()
    cfg.ddp.a = len([1])
    return cfg
# %file names.py
def len(value):
    return 9

# %% two star imports: the last wins
from one import *
from two import *
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg
# %file one.py
SIZE = 1
# %file two.py
SIZE = 2

# %% star import in a try
try:
    from names import *
except ImportError:
    SIZE = 9
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg
# %file names.py
SIZE = 3

# %% star import of what the module itself imported
from names import *
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg
# %file names.py
from other import SIZE
# %file other.py
SIZE = 12

# %% a missing module in a try
try:
    import no_such_module_anywhere
    HAVE = True
except ImportError:
    HAVE = False
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if HAVE else 2
    return cfg

# %% a missing name in a try
try:
    from settings import NO_SUCH_NAME
except ImportError:
    NO_SUCH_NAME = 5
def recipe():
    cfg = make()
    cfg.ddp.a = NO_SUCH_NAME
    return cfg
# %file settings.py
SIZE = 1

# %% a module that is there in a try
try:
    from settings import SIZE
except ImportError:
    SIZE = 5
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg
# %file settings.py
SIZE = 1

# %% a module that raises when imported
try:
    from settings import SIZE
except ValueError:
    SIZE = 5
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg
# %file settings.py
SIZE = 1
raise ValueError("no")

# %% an import in a function, of a missing module
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
        cfg.ddp.a = 1
    except ModuleNotFoundError:
        cfg.ddp.a = 2
    return cfg

# %% a missing module in a try with else
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
    except ImportError:
        cfg.ddp.a = 2
    else:
        cfg.ddp.a = 4
        cfg.ddp.b = 1
    finally:
        cfg.ddp.c = 3
    return cfg

# %% a missing module in a try that returns
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
        cfg.ddp.a = 8
        return cfg
    except ImportError:
        pass
    cfg.ddp.a = 2
    return cfg

# %% a missing module, and an else that raises
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
    except ImportError:
        cfg.ddp.a = 2
    else:
        raise RuntimeError("it is there")
    return cfg

# %% a missing module, and an else that returns
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
    except ImportError as error:
        cfg.ddp.a = type(error).__name__
    else:
        return cfg
    cfg.ddp.b = 2
    return cfg

# %% a missing module, and several handlers
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
    except ValueError:
        cfg.ddp.a = 2
    except ImportError:
        cfg.ddp.a = 4
        return cfg
    return cfg

# %% a missing module before an exception that is caught by another handler
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
        raise KeyError("a")
    except KeyError:
        cfg.ddp.a = 1
    except ImportError:
        cfg.ddp.a = 2
    return cfg

# %% a missing module before an exception that is not caught
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
        raise KeyError("a")
    except ImportError:
        cfg.ddp.a = 2
    return cfg

# %% a missing module before an exception that a handler raises again
def recipe():
    cfg = make()
    try:
        import no_such_module_anywhere
        raise KeyError("a")
    except KeyError:
        raise
    except ImportError:
        cfg.ddp.a = 2
    return cfg

# %% a missing module at the top, with else
try:
    import no_such_module_anywhere
except ImportError:
    HAVE = False
else:
    HAVE = True
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if HAVE else 2
    return cfg

# %% importlib
import importlib
def recipe():
    cfg = make()
    cfg.ddp.a = importlib.import_module("settings").SIZE
    cfg.ddp.b = __import__("settings").SIZE
    return cfg
# %file settings.py
SIZE = 4

# %% module __getattr__
import settings
from settings import OTHER
def recipe():
    cfg = make()
    cfg.ddp.a = settings.ANY
    cfg.ddp.b = OTHER
    return cfg
# %file settings.py
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return len(name)

# %% mutual imports
import one
def recipe():
    cfg = make()
    cfg.ddp.a = one.read()
    return cfg
# %file one.py
import two
SIZE = 3
def read():
    return two.size()
# %file two.py
import one
def size():
    return one.SIZE

# %% a submodule shadows a name of its package
import pack
def recipe():
    cfg = make()
    cfg.ddp.a = pack.size.VALUE
    return cfg
# %file pack/__init__.py
size = 1
from pack import size
from . import size as other
import pack.size
# %file pack/size.py
VALUE = 5

# %% an import under an alias, and an attribute of a package
import pack.inner as inner
from pack import inner as again
import pack
def recipe():
    cfg = make()
    inner.SIZE = 7
    cfg.ddp.a = again.SIZE
    cfg.ddp.b = pack.inner.SIZE
    return cfg
# %file pack/__init__.py
# %file pack/inner.py
SIZE = 1

# %% if __name__ == "__main__"
SIZE = 1
if __name__ == "__main__":
    SIZE = 2
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg

# %% TYPE_CHECKING
from typing import TYPE_CHECKING
SIZE = 1
if TYPE_CHECKING:
    SIZE = 2
else:
    OTHER = 3
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    cfg.ddp.b = OTHER
    return cfg

# %% a name deleted at module level
SIZE = 1
del SIZE
def recipe():
    cfg = make()
    try:
        cfg.ddp.a = SIZE
    except NameError:
        cfg.ddp.a = "gone"
    return cfg

# %% a module-level while, with, try and match
N = 0
while N < 3:
    N += 1
try:
    M = int("x")
except ValueError:
    M = 4
match N:
    case 3:
        K = 5
    case _:
        K = 6
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = N, M, K
    return cfg

# %% a name bound by a match at module level over another
K = 1
match 3:
    case K:
        pass
def recipe():
    cfg = make()
    cfg.ddp.a = K
    return cfg

# %% an assignment expression at module level
print(SIZE := 5)
if (OTHER := 6) > 3:
    pass
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = SIZE, OTHER
    return cfg

# %% an assignment expression at module level over another
SIZE = 1
print(SIZE := 5)
def recipe():
    cfg = make()
    cfg.ddp.a = SIZE
    return cfg

# %% an except-as, with-as and for at module level over another
A = B = C = 1
for A in (5, 6):
    pass
with contextlib.nullcontext(7) as B:
    pass
try:
    raise ValueError
except ValueError as C:
    pass
def recipe():
    cfg = make()
    cfg.ddp.a = A
    cfg.ddp.b = B
    cfg.ddp.c = "C" in globals()
    return cfg

# %% augmented assignment at module level of another name's object
ITEMS = [1]
ALIAS = ITEMS
ALIAS += [2]
def recipe():
    cfg = make()
    cfg.ddp.a = len(ITEMS)
    return cfg

# %% order at module level
A = 1
B = A
A = 2
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = A, B
    return cfg

# %% order at module level through a function
A = 1
def read():
    return A
B = read()
A = 2
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b = A, B
    return cfg

# %% order at module level through an object
TABLE = {"a": 1}
COPY = dict(TABLE)
SIZE = TABLE["a"]
TABLE["a"] = 2
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = TABLE["a"], COPY["a"], SIZE
    return cfg

# %% a counter at module level
COUNT = 0
def tick():
    global COUNT
    COUNT += 1
    return COUNT
A = tick()
B = tick()
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = A, B, tick()
    return cfg

# %% a shared list popped at module level
ITEMS = [1, 2, 3]
A = ITEMS.pop()
B = ITEMS.pop()
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = A, B, len(ITEMS)
    return cfg

# %% an iterator at module level
IT = iter((1, 2, 3))
A = next(IT)
B = next(IT)
def recipe():
    cfg = make()
    cfg.ddp.a, cfg.ddp.b, cfg.ddp.c = A, B, next(IT)
    return cfg

# %% one config object shared by two recipes at module level
SHARED = DistributedDataParallelConfig(a=1)
def other():
    cfg = make()
    cfg.ddp = SHARED
    cfg.ddp.a = 5
    return cfg
def recipe():
    other()
    cfg = make()
    cfg.ddp = SHARED
    return cfg

# %% a module-level config changed at module level
BASE = make()
BASE.ddp.a = 4
setattr(BASE.ddp, "b", 5)
BASE.ddp.c = BASE.ddp.a
def recipe():
    return copy.deepcopy(BASE)

# %% a module-level config changed by a function called at module level
BASE = make()
def tune(cfg):
    cfg.ddp.a = 9
tune(BASE)
def recipe():
    return BASE

# %% a module-level config changed through its section under a name
BASE = make()
section = BASE.ddp
section.a = 9
def recipe():
    return BASE

# %% aliases between two containers
def recipe():
    one, two = make(), make()
    two.ddp = one.ddp
    two.ddp.a = 5
    return one

# %% a section taken before it is replaced
def recipe():
    cfg = make()
    section = cfg.ddp
    cfg.ddp = DistributedDataParallelConfig(a=7)
    section.b = 9
    return cfg

# %% environment read, written and defaulted
def recipe():
    cfg = make()
    os.environ["MY_SIZE"] = "5"
    cfg.ddp.a = os.environ["MY_SIZE"]
    cfg.ddp.b = os.getenv("MY_SIZE", "9")
    cfg.ddp.c = os.environ.setdefault("MY_SIZE", "7")
    del os.environ["MY_SIZE"]
    cfg.optimizer.a = os.environ.get("MY_SIZE")
    return cfg

# %% environment written by update and putenv
def recipe():
    cfg = make()
    os.environ.update({"MY_SIZE": "5"})
    cfg.ddp.a = os.getenv("MY_SIZE")
    os.environ |= {"MY_SIZE": "6"}
    cfg.ddp.b = os.getenv("MY_SIZE")
    os.environ.pop("MY_SIZE")
    cfg.ddp.c = "MY_SIZE" in os.environ
    return cfg

# %% environment in a condition, asked twice with a write between
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if os.environ.get("MY_SIZE") else 2
    os.environ["MY_SIZE"] = "5"
    cfg.ddp.b = 1 if os.environ.get("MY_SIZE") else 2
    del os.environ["MY_SIZE"]
    return cfg

# %% time, random and counters differ from call to call
import random, itertools
COUNT = itertools.count()
def recipe():
    cfg = make()
    cfg.ddp.a = 1 if next(COUNT) == next(COUNT) else 2
    cfg.ddp.b = 1 if random.random() == random.random() else 2
    return cfg

# %% the same question asked twice of something that changes
STATE = iter([True, False])
def recipe():
    cfg = make()
    if next(STATE):
        cfg.ddp.a = 1
    if next(STATE):
        cfg.ddp.b = 5
    return cfg

# %% id and hash
def recipe():
    cfg = make()
    cfg.ddp.a = id(cfg) == id(cfg)
    cfg.ddp.b = hash("a") == hash("a")
    cfg.ddp.c = 1 if id(make()) == id(cfg) else 2
    return cfg

# %% argparse with defaults
import argparse
def recipe():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=4)
    parser.add_argument("--fast", action="store_true")
    args = parser.parse_args([])
    cfg = make()
    cfg.ddp.a = args.size
    cfg.ddp.b = 1 if args.fast else 2
    args.size = 9
    cfg.ddp.c = args.size
    return cfg

# %% getattr and hasattr with names at run time
def recipe():
    cfg = make()
    for name in ("a", "zz"):
        if hasattr(cfg.ddp, name):
            setattr(cfg.ddp, name, getattr(cfg.ddp, "b") + 1)
    cfg.ddp.c = getattr(cfg, "ddp").a
    delattr(cfg.ddp, "a")
    return cfg

# %% operator module
import operator
def recipe():
    cfg = make()
    cfg.ddp.a = operator.attrgetter("ddp.b")(cfg)
    cfg.ddp.c = operator.itemgetter(1)([5, 6])
    operator.setitem({}, "a", 1)
    return cfg

# %% object.__setattr__ and type.__setattr__
class Options:
    size = 1
def recipe():
    cfg = make()
    object.__setattr__(cfg.ddp, "a", 5)
    cfg.ddp.b = Options.size
    cfg.ddp.__setattr__("c", 7)
    return cfg

# %% dunder methods called by hand
def recipe():
    cfg = make()
    table = {"a": 1}
    table.__setitem__("a", 5)
    cfg.ddp.a = table.__getitem__("a")
    cfg.ddp.b = (5).__add__(3)
    items = [1]
    items.__iadd__([2])
    cfg.ddp.c = items.__len__()
    return cfg

# %% dict.update as a function
def recipe():
    cfg = make()
    table = {"a": 1}
    dict.update(table, a=6)
    cfg.ddp.a = table["a"]
    items = [1]
    list.append(items, 2)
    cfg.ddp.b = len(items)
    cfg.ddp.c = str.upper("x")
    return cfg

# %% methods kept under a name
def recipe():
    cfg = make()
    items = []
    push = items.append
    for value in range(3):
        push(value)
    cfg.ddp.a = items
    table = {}
    put = table.__setitem__
    put("a", 4)
    cfg.ddp.b = table["a"]
    return cfg

# %% conditional on something unknown, both branches alike
def recipe():
    cfg = make()
    if os.environ.get("NO_SUCH_VARIABLE_AT_ALL"):
        x = 1
    else:
        x = 2
    cfg.ddp.a = x
    if os.environ.get("NO_SUCH_VARIABLE_AT_ALL"):
        cfg.ddp.b = 5
    cfg.ddp.c = x + cfg.ddp.b
    return cfg

# %% an unknown condition with effects in the condition itself
def recipe():
    cfg = make()
    def ask():
        cfg.ddp.a = 9
        return os.environ.get("NO_SUCH_VARIABLE_AT_ALL")
    if ask() and cfg.ddp.a == 9:
        cfg.ddp.b = 7
    return cfg

# %% an unknown loop count
def recipe():
    cfg = make()
    n = 0
    for _ in range(int(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "3"))):
        n += 1
        cfg.ddp.a = n
    cfg.ddp.b = n
    return cfg

# %% an unknown loop with break, return and else
def find(limit):
    for i in range(limit):
        if i == 2:
            return i
    return -1
def recipe():
    cfg = make()
    limit = int(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "3"))
    cfg.ddp.a = find(limit)
    for i in range(limit):
        if i == 9:
            break
    else:
        cfg.ddp.b = "else"
    return cfg

# %% an unknown loop whose body makes an alias
def recipe():
    cfg = make()
    other = DistributedDataParallelConfig()
    section = other
    for _ in range(int(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "3"))):
        section = cfg.ddp
    section.a = 5
    return cfg

# %% an unknown while
def recipe():
    cfg = make()
    n = int(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "3"))
    section = None
    while n > 0:
        n -= 1
        section = cfg.ddp
    if section is not None:
        section.a = 6
    return cfg

# %% try around something unknown
def recipe():
    cfg = make()
    try:
        n = int(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "zz"))
        cfg.ddp.a = n
    except ValueError:
        cfg.ddp.a = 7
    return cfg

# %% try around an unknown call, an alias made inside
def recipe():
    cfg = make()
    section = None
    try:
        section = cfg.ddp
        int(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "zz"))
        section = cfg.optimizer
    except ValueError:
        pass
    section.a = 7
    return cfg

# %% a handler that returns
def helper(cfg):
    try:
        int(os.environ.get("NO_SUCH_VARIABLE_AT_ALL", "zz"))
    except ValueError:
        return 3
    cfg.ddp.b = 8
    return 4
def recipe():
    cfg = make()
    cfg.ddp.a = helper(cfg)
    return cfg

# %% threads and atexit do things later
import atexit
def recipe():
    cfg = make()
    atexit.register(lambda: None)
    return cfg

# %% a thread changes the config
import threading
def recipe():
    cfg = make()
    def work():
        cfg.ddp.a = 9
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return cfg

# %% a callback kept in an object and called by the library
import sched, time
def recipe():
    cfg = make()
    queue = sched.scheduler(time.time, time.sleep)
    queue.enter(0, 1, lambda: setattr(cfg.ddp, "a", 7))
    queue.run()
    return cfg

# %% sorted calls back
def recipe():
    cfg = make()
    def key(value):
        cfg.ddp.a = value
        return value
    sorted([3, 1, 2], key=key)
    return cfg

# %% max calls back, and filter, and reduce
def recipe():
    cfg = make()
    def key(value):
        cfg.ddp.a = value
        return value
    max([3, 1, 2], key=key)
    functools.reduce(lambda x, y: setattr(cfg.ddp, "b", y), [1, 2, 3])
    list(filter(lambda v: setattr(cfg.ddp, "c", v), [4]))
    return cfg

# %% re.sub calls back
import re
def recipe():
    cfg = make()
    re.sub("x", lambda match: setattr(cfg.ddp, "a", 5) or "", "x")
    return cfg

# %% a callback in a table given to code that is not followed
import json
def recipe():
    cfg = make()
    json.dumps({"a": object()}, default=lambda value: setattr(cfg.ddp, "a", 5))
    return cfg

# %% iterating over an object with __iter__ that has effects
class Steps:
    def __init__(self, cfg):
        self.cfg = cfg
    def __iter__(self):
        self.cfg.ddp.a = 4
        return iter((1, 2))
def recipe():
    cfg = make()
    for step in Steps(cfg):
        cfg.ddp.b = step
    return cfg

# %% a name mangled, a keyword as an attribute, unicode names
class Options:
    pass
def recipe():
    cfg = make()
    setattr(Options, "class", 5)
    cfg.ddp.a = getattr(Options, "class")
    é = 3
    cfg.ddp.b = 4
    return cfg
