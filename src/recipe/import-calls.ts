import { mayImport } from "./import-paths.ts";
import { indexOf } from "./module-index.ts";
import { moduleAttribute, moduleNamed } from "./names.ts";
import { PythonError, type Machine } from "./machine.ts";
import type { SourceModule } from "./source-module.ts";
import { constant, FALSE, TRUE, type ArgumentValue, type Value } from "./value.ts";

/**
 * `importlib.import_module(name, package)`, which does what an import statement does. Null where the name is not known,
 * and for a module that is not at hand: nobody knows whether it is there.
 */
export function importModule(m: Machine, args: readonly ArgumentValue[]): Value | null {
  if (areOpen(args)) return null;
  const name = textOf(argument(args, "name", 0));
  if (name === null) return null;
  if (!name.startsWith(".")) return moduleAtHand(m, name);
  const given = argument(args, "package", 1) ?? constant(null);
  if (given.kind !== "const") return null;
  const around = textOf(given) ?? "";
  if (around === "")
    throw new PythonError(
      "TypeError",
      `the 'package' argument is required to perform a relative import for '${name}'`,
    );
  const rest = name.replace(/^\.+/, "");
  const parts = around.split(".");
  const kept = parts.slice(0, parts.length - (name.length - rest.length) + 1);
  if (kept.length === 0)
    throw new PythonError("ImportError", "attempted relative import beyond top-level package");
  return moduleAtHand(m, [...kept, ...(rest === "" ? [] : [rest])].join("."));
}

/** `__import__(name, globals, locals, fromlist, level)`: the package at the top, unless names are to be taken from it. */
export function importByName(m: Machine, args: readonly ArgumentValue[]): Value | null {
  if (areOpen(args)) return null;
  const name = textOf(argument(args, "name", 0));
  const level = argument(args, "level", 4) ?? constant(0);
  const names = argument(args, "fromlist", 3);
  const areKnown = !names || ((names.kind === "list" || names.kind === "tuple") && !names.open);
  if (name === null || !areKnown || level.kind !== "const" || level.value !== 0) return null;
  const found = moduleAtHand(m, name);
  return found && (names?.items.length ?? 0) === 0 ? moduleNamed(m, name.split(".")[0] ?? name) : found;
}

/** Whether a `**` may hold any of them. */
function areOpen(args: readonly ArgumentValue[]): boolean {
  return args.some(({ name }) => name === "**");
}

function argument(args: readonly ArgumentValue[], name: string, index: number): Value | null {
  const positional = args.filter((arg) => arg.name === null);
  return (args.find((arg) => arg.name === name) ?? positional[index])?.value ?? null;
}

function textOf(value: Value | null): string | null {
  return value?.kind === "const" && typeof value.value === "string" && value.value !== ""
    ? value.value
    : null;
}

/** Bridge's own modules are there, whether their source is at hand or not. */
function moduleAtHand(m: Machine, name: string): Value | null {
  const isThere = name.startsWith("megatron.bridge.") || m.session.host.find(name) !== null;
  return isThere ? moduleNamed(m, name) : null;
}

/** Whether a module has an attribute; null where that hangs on what cannot be seen. */
export function moduleHas(m: Machine, module: SourceModule, name: string): Value | null {
  m.touched.add(module);
  const { bindings, stars } = indexOf(module);
  const value = moduleAttribute(m, module, name);
  if (value) return value.kind === "unknown" || value.kind === "choice" ? null : TRUE;
  const isSure = stars.length === 0 && !bindings.has(name) && !name.startsWith("__");
  return isSure && !mayImport(m.session.host, `${module.name}.${name}`) ? FALSE : null;
}
