import { imports, type Edit, type RecipeFile } from "../../src/index.ts";
import type { Place } from "./place.ts";

const PRECISION_MODULE = "megatron.bridge.training.mixed_precision";

/** Names that the new code needs, imported under what the file can call them. */
export interface Names {
  /** `bf16_mixed()`, by the name that the file has for it. */
  call(name: string, ...args: readonly string[]): string;
  readonly edits: readonly Edit[];
}

export function importNames(file: RecipeFile, places: readonly Place[]): Names {
  const requests = neededImports(places);
  const added = imports.addImports(file.text, file.source.parsed().module, requests);
  const local = new Map(requests.map(({ name }, index) => [name, added.localNames[index] ?? name]));
  return {
    call: (name, ...args) => `${local.get(name) ?? name}(${args.join(", ")})`,
    edits: added.edits,
  };
}

function neededImports(places: readonly Place[]): { from: string; name: string }[] {
  const requests = new Map<string, string>();
  for (const { literals, mayBeName, parameter } of places) {
    for (const literal of literals) requests.set(factoryOf(literal.value), PRECISION_MODULE);
    if (mayBeName || parameter !== null) requests.set("get_mixed_precision_config", PRECISION_MODULE);
    if (parameter !== null) requests.set("replace", "dataclasses");
  }
  return [...requests].map(([name, from]) => ({ from, name }));
}

/** `"bf16-mixed"` is made by `bf16_mixed()`. */
export function factoryOf(value: Place["literals"][number]["value"]): string {
  return value?.kind === "Constant" && typeof value.value === "string"
    ? value.value.replaceAll("-", "_")
    : "";
}
