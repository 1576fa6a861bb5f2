import { absoluteName, indexOf } from "../../src/recipe/module-index.ts";
import type { ModuleHost } from "../../src/recipe/source-module.ts";

/** The names that a module's statements bind, those of star imports included. */
export function boundNames(host: ModuleHost, moduleName: string, seen: Set<string> = new Set()): string[] {
  const module = host.find(moduleName);
  if (!module || seen.has(moduleName)) return [];
  seen.add(moduleName);
  const index = indexOf(module);
  const starred = index.stars.flatMap((stmt) =>
    boundNames(host, absoluteName(module, stmt), seen).filter((name) => !name.startsWith("_")),
  );
  return [...new Set([...index.bindings.keys(), ...starred])];
}
