const NAMES = new Set(
  `abs all any bool callable chr dict dir divmod enumerate eval exec filter float format frozenset getattr globals
  hasattr hash id int isinstance issubclass iter len list locals map max min next object open ord pow print property
  range repr reversed round set setattr delattr slice sorted staticmethod classmethod str sum super tuple type vars zip
  bytes complex NotImplemented Ellipsis __name__ __file__ __import__ input
  Exception BaseException ValueError TypeError KeyError IndexError AttributeError RuntimeError ImportError
  ModuleNotFoundError NotImplementedError AssertionError OSError FileNotFoundError StopIteration LookupError
  ArithmeticError ZeroDivisionError OverflowError NameError UnboundLocalError RecursionError SystemExit
  KeyboardInterrupt GeneratorExit StopAsyncIteration IOError EnvironmentError PermissionError FileExistsError
  ConnectionError TimeoutError UnicodeError UnicodeDecodeError UnicodeEncodeError EOFError MemoryError Warning UserWarning DeprecationWarning FutureWarning`.split(
    /\s+/,
  ),
);

/** Whether Python has a name of its own for it. */
export function isBuiltinName(name: string): boolean {
  return NAMES.has(name);
}
