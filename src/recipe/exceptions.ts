import { dottedPath, type Expr, type Handler } from "../python/syntax.ts";
import { ancestryOf } from "./classes.ts";
import { EvaluationLimit, PythonError, type Machine } from "./machine.ts";
import type { ClassValue, Environment, Value } from "./value.ts";

/** What Python's own exceptions derive from, where it is not `Exception`. */
const PARENTS: Readonly<Record<string, string>> = {
  KeyError: "LookupError",
  IndexError: "LookupError",
  ModuleNotFoundError: "ImportError",
  FileNotFoundError: "OSError",
  FileExistsError: "OSError",
  PermissionError: "OSError",
  ConnectionError: "OSError",
  TimeoutError: "OSError",
  NotImplementedError: "RuntimeError",
  RecursionError: "RuntimeError",
  ZeroDivisionError: "ArithmeticError",
  OverflowError: "ArithmeticError",
  UnboundLocalError: "NameError",
  FrozenInstanceError: "AttributeError",
  UnicodeError: "ValueError",
  UnicodeDecodeError: "UnicodeError",
  UnicodeEncodeError: "UnicodeError",
  JSONDecodeError: "ValueError",
  KeyboardInterrupt: "BaseException",
  SystemExit: "BaseException",
  GeneratorExit: "BaseException",
  Exception: "BaseException",
};

const SAME: Readonly<Record<string, string>> = { IOError: "OSError", EnvironmentError: "OSError" };

/** Whether an `except` clause takes an exception. Ends the run where that cannot be told. */
export function catches(
  m: Machine,
  { handler, error }: { handler: Handler; error: PythonError },
  env: Environment,
): boolean {
  if (!handler.type) return true;
  const type = m.evaluate(handler.type, env);
  const types = type.kind === "tuple" && !type.open ? type.items : [type];
  const answers = types.map((one) => takes(one, error));
  if (answers.includes(true)) return true;
  if (answers.includes(null))
    throw new EvaluationLimit(
      `nobody knows whether ${error.type} is caught by \`${shownType(handler.type)}\``,
    );
  return false;
}

function shownType(expr: Expr): string {
  return dottedPath(expr) ?? "an expression";
}

/** Whether an exception is of a class; null where that cannot be told. */
export function takes(type: Value, error: PythonError): boolean | null {
  if (type.kind === "class") return takesClass(type, error);
  const path = type.kind === "builtin" ? type.name : type.kind === "symbol" ? type.path : null;
  const name = path?.split(".").at(-1);
  if (name === undefined) return null;
  if (
    type.kind === "symbol" &&
    !/^(builtins|subprocess|json|dataclasses|socket|asyncio|concurrent)\b/.test(type.path)
  )
    return name === "Exception" ? true : type.path === error.type ? true : null;
  const { raised } = error;
  if (!raised) return derives(error.type, SAME[name] ?? name);
  return classDerives(raised, SAME[name] ?? name);
}

function takesClass(type: ClassValue, { raised, type: name }: PythonError): boolean | null {
  if (!raised) return type.path.endsWith(`.${name}`);
  const { classes, complete } = ancestryOf(raised);
  if (classes.some((one) => one.path === type.path)) return true;
  return complete || isPlain(raised) ? false : null;
}

/** Whether every class in sight derives from others in sight or from Python's own. */
function isPlain(type: ClassValue): boolean {
  return ancestryOf(type).classes.every((one) =>
    one.bases.every(({ kind }) => kind === "class" || kind === "builtin"),
  );
}

function classDerives(raised: ClassValue, name: string): boolean | null {
  const bases = ancestryOf(raised).classes.flatMap((one) => one.bases);
  if (bases.some((base) => base.kind === "builtin" && derives(base.name, name))) return true;
  return isPlain(raised) ? false : null;
}

function derives(type: string, name: string): boolean {
  for (let one: string | undefined = SAME[type] ?? type; one; one = parentOf(one))
    if (one === name) return true;
  return false;
}

function parentOf(type: string): string | undefined {
  return type === "BaseException" ? undefined : (PARENTS[type] ?? "Exception");
}

/** The exception that `raise expr` makes. */
export function raised(value: Value | null, expr: Expr | null): PythonError {
  const callee = expr?.kind === "Call" ? expr.func : expr;
  const [argument] = expr?.kind === "Call" ? expr.args : [];
  const text = argument?.value.kind === "Constant" ? String(argument.value.value) : "";
  const own = value?.kind === "object" ? value.type : value?.kind === "class" ? value : null;
  const named = (callee && dottedPath(callee)?.split(".").at(-1)) ?? "Exception";
  const type = own?.name ?? builtinType(value) ?? named;
  return new PythonError(type, text || (value?.kind === "unknown" ? value.shown : type), own);
}

/** An exception of Python's own, from what a call of its class gave or from the class. */
function builtinType(value: Value | null): string | null {
  if (value?.kind === "builtin") return value.name;
  return value?.kind === "unknown" ? (/^exception (\w+):/.exec(value.key)?.[1] ?? null) : null;
}
