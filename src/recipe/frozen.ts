import type { Frozen } from "../bridge/catalog.ts";
import { constant, dictKey, identity, unknown, type ClassValue, type Value } from "./value.ts";

/** A value as a catalog keeps it. Fields that only a class default set are left to the class. */
export function freeze(value: Value): Frozen {
  switch (value.kind) {
    case "const":
      return value.value;
    case "symbol":
      return { symbol: value.path };
    case "list":
    case "set":
      return value.open ? { unknown: value.open.shown } : { list: value.items.map(freeze) };
    case "tuple":
      return { tuple: value.items.map(freeze) };
    case "dict":
      if (value.open) return { unknown: value.open.shown };
      return {
        dict: [...value.entries.values()].map((slot) => [freeze(slot.key), freeze(slot.value)] as const),
      };
    case "object":
      if (value.open) return { unknown: value.open.shown };
      return {
        class: value.type.path,
        fields: Object.fromEntries([...value.fields].map(([name, slot]) => [name, freeze(slot.value)])),
      };
    case "class":
    case "function":
      return { symbol: value.path };
    case "unknown":
      return { unknown: value.shown };
    default:
      return { unknown: identity(value) };
  }
}

/** What thawing needs: objects get a number of their own, classes come by path. */
export interface Thawing {
  readonly scope: string;
  newId(): number;
  classAt(path: string): ClassValue | null;
}

/** A fresh value from a catalog's; mutable parts are made anew on each call. */
export function thaw(frozen: Frozen, by: Thawing): Value {
  // JSON does not tell 1 from 1.0.
  if (Number.isInteger(frozen)) return { kind: "const", value: Number(frozen), numeric: "either" };
  if (frozen === null || typeof frozen !== "object") return constant(frozen);
  if ("symbol" in frozen) return { kind: "symbol", path: frozen.symbol };
  if ("unknown" in frozen) return unknown(frozen.unknown, `${by.scope}:${frozen.unknown}`);
  if ("list" in frozen) return { kind: "list", items: frozen.list.map((item) => thaw(item, by)), open: null };
  if ("tuple" in frozen)
    return { kind: "tuple", items: frozen.tuple.map((item) => thaw(item, by)), open: null };
  if ("dict" in frozen) return thawDict(frozen.dict, by);
  const type = by.classAt(frozen.class);
  if (!type) return unknown(frozen.class, `${by.scope}:${frozen.class}`);
  const fields = Object.entries(frozen.fields).map(([name, value]) => {
    return [name, { value: thaw(value, by), write: null }] as const;
  });
  return { kind: "object", id: by.newId(), type, fields: new Map(fields), open: null };
}

function thawDict(pairs: readonly (readonly [Frozen, Frozen])[], by: Thawing): Value {
  const entries = pairs.map(([key, value]) => {
    const thawed = thaw(key, by);
    return [dictKey(thawed), { key: thawed, value: thaw(value, by), site: null }] as const;
  });
  return { kind: "dict", entries: new Map(entries), open: null };
}
