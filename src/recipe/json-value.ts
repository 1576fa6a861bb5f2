import type { Json } from "../json.ts";
import { alternatives, identity, type Value } from "./value.ts";

/** A value as our JSON shows it: `design.md`, section 4. */
export function toJson(value: Value): Json {
  return value.kind === "const" ? constantJson(value.value) : jsonInside(value, []);
}

/** JSON has no infinities. */
function constantJson(value: null | boolean | number | string): Json {
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  return { unknown: Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf" };
}

function jsonInside(value: Value, around: readonly Value[]): Json {
  if (around.includes(value)) return { unknown: "holds itself" };
  const inside = [...around, value];
  switch (value.kind) {
    case "const":
      return constantJson(value.value);
    case "symbol":
      return symbolJson(value.path);
    case "unknown":
      return { unknown: value.shown };
    case "choice": {
      const shown = alternatives(value).map((one) => jsonInside(one, inside));
      const hidden = shown.find((one) => one !== null && typeof one === "object" && "unknown" in one);
      return hidden ?? { oneOf: shown };
    }
    case "list":
    case "tuple":
    case "set":
      return value.open ? { unknown: value.open.shown } : value.items.map((item) => jsonInside(item, inside));
    case "dict":
      if (value.open) return { unknown: value.open.shown };
      return Object.fromEntries(
        [...value.entries.values()].map((slot) => [keyText(slot.key), jsonInside(slot.value, inside)]),
      );
    case "object":
      return { object: value.type.name };
    case "class":
    case "function":
      return { object: value.path };
    default:
      return { object: identity(value) };
  }
}

function symbolJson(path: string): Json {
  if (path.startsWith("torch.")) return path;
  const name = path.slice(path.lastIndexOf(".") + 1);
  return name.startsWith("userbuffers_") ? { preset: name } : { object: path };
}

function keyText(key: Value): string {
  return key.kind === "const" ? String(key.value) : identity(key);
}

/** Whether a JSON value says that we do not know. */
export function isUnknownJson(json: Json): boolean {
  return json !== null && typeof json === "object" && "unknown" in json;
}

/** One JSON value for a knob over all worlds of a recipe. */
export function mergedJson(values: readonly Json[]): Json {
  const [one] = values;
  if (one !== undefined && values.every((value) => value === one)) return one;
  const distinct = [...new Map(values.map((value) => [jsonKey(value), value])).values()];
  const [first = { unknown: "never evaluated" }] = distinct;
  if (distinct.length <= 1) return first;
  const hidden = distinct.find(isUnknownJson);
  return hidden ?? { oneOf: distinct.flatMap(flattenOneOf) };
}

/** Equal for equal values; most are plain. */
export function jsonKey(value: Json): Json {
  return typeof value === "object" && value !== null ? `\0${JSON.stringify(value)}` : value;
}

function flattenOneOf(json: Json): readonly Json[] {
  if (json === null || typeof json !== "object" || !("oneOf" in json)) return [json];
  const { oneOf } = json as { readonly oneOf: readonly Json[] };
  return oneOf;
}
