import type { Frozen } from "../../src/bridge/catalog.ts";

/** The printed leaves of a result by their path. */
export function leaves(frozen: Frozen, prefix = ""): Map<string, string> {
  const at = (part: string) => (prefix === "" ? part : `${prefix}.${part}`);
  if (frozen !== null && typeof frozen === "object") {
    if ("class" in frozen) {
      return new Map(Object.entries(frozen.fields).flatMap(([name, value]) => [...leaves(value, at(name))]));
    }
    if ("tuple" in frozen) {
      return new Map(frozen.tuple.flatMap((value, index) => [...leaves(value, at(String(index)))]));
    }
  }
  return new Map([[prefix, JSON.stringify(frozen)]]);
}
