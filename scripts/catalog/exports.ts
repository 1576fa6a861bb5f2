import { DEFAULT_LIMITS, newMachine } from "../../src/recipe/interpreter.ts";
import type { Session } from "../../src/recipe/machine.ts";
import { moduleAttribute } from "../../src/recipe/names.ts";
import { boundNames } from "./bound-names.ts";

/**
 * What users may import from a version of Bridge: its modules, and for each class and function in one of them its kind,
 * with the path of the definition where that is another one.
 */
export type Exports = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Recipes and models, thousands of whose imports nobody takes from there again. */
const FOR_ITSELF = /^megatron\.bridge\.(diffusion|models|perf_recipes|recipes)\./;

/** What the modules of a tree export, private names left out. */
export function exportsOf(session: Session, modules: readonly string[]): Exports {
  const m = newMachine(session, { ...DEFAULT_LIMITS, steps: Infinity }, new Map());
  const exports: Record<string, Record<string, string>> = {};
  for (const name of modules) {
    const module = session.host.find(name);
    if (!module || name.split(".").some(isPrivate)) continue;
    const names: Record<string, string> = {};
    for (const bound of boundNames(session.host, name)
      .filter((one) => !isPrivate(one))
      .sort()) {
      const value = moduleAttribute(m, module, bound);
      if (value?.kind !== "class" && value?.kind !== "function") continue;
      const isDefinedHere = value.path === `${name}.${bound}`;
      if (!isDefinedHere && !module.isPackage && FOR_ITSELF.test(name)) continue;
      names[bound] = isDefinedHere ? value.kind : `${value.kind} ${value.path}`;
    }
    exports[name] = names;
  }
  return exports;
}

function isPrivate(name: string): boolean {
  return name.startsWith("_");
}
