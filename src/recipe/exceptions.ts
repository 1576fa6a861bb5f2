import { dottedPath, type Expr, type Handler } from "../python/syntax.ts";
import { PythonError } from "./machine.ts";
import type { Value } from "./value.ts";

const PARENTS: Readonly<Record<string, string>> = {
  KeyError: "LookupError",
  IndexError: "LookupError",
  ModuleNotFoundError: "ImportError",
  FileNotFoundError: "OSError",
  NotImplementedError: "RuntimeError",
  ZeroDivisionError: "ArithmeticError",
};

/** Whether an `except` clause takes an exception. */
export function catches(handler: Handler, error: PythonError): boolean {
  if (!handler.type) return true;
  const types = handler.type.kind === "Tuple" ? handler.type.items : [handler.type];
  return types.some((type) => {
    const name = dottedPath(type)?.split(".").at(-1) ?? "";
    return name === "Exception" || name === "BaseException" || isA(error.type, name);
  });
}

function isA(type: string, name: string): boolean {
  for (let one: string | undefined = type; one; one = PARENTS[one]) if (one === name) return true;
  return false;
}

/** The exception that `raise expr` makes. */
export function raised(value: Value | null, expr: Expr | null): PythonError {
  const callee = expr?.kind === "Call" ? expr.func : expr;
  const type = (callee && dottedPath(callee)?.split(".").at(-1)) ?? "Exception";
  const [argument] = expr?.kind === "Call" ? expr.args : [];
  const text = argument?.value.kind === "Constant" ? String(argument.value.value) : "";
  return new PythonError(type, text || (value?.kind === "unknown" ? value.shown : type));
}
