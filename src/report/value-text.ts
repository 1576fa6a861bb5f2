import type { Json } from "../json.ts";

/** A reported value as a person would write it: `True`, `"bf16_mixed"`, `torch.bfloat16`, `unknown (why)`. */
export function valueText(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return /^torch\.\w+$/.test(value) ? value : JSON.stringify(value);
  if (isList(value)) return `[${value.map(valueText).join(", ")}]`;
  return taggedText(value);
}

/** Whether a value cannot be known. */
export function isUnknown(value: Json): boolean {
  return typeof value === "object" && value !== null && "unknown" in value;
}

function taggedText(value: { readonly [key: string]: Json }): string {
  const [tag = "", ...others] = Object.keys(value);
  const inner = value[tag] ?? null;
  if (others.length > 0 || !Object.hasOwn(tagTexts, tag)) return plainObjectText(value);
  return tagTexts[tag]?.(inner) ?? plainObjectText(value);
}

const tagTexts: Readonly<Record<string, (inner: Json) => string>> = {
  preset: textOf,
  object: (inner) => objectText(textOf(inner)),
  oneOf: (inner) => (isList(inner) ? inner.map(valueText).join(" or ") : valueText(inner)),
  unknown: (inner) => `unknown (${textOf(inner)})`,
  absent: () => "no such field",
  raises: (inner) => `raises ${textOf(inner)}`,
};

/** An object is told by the name of its class, what has a name of its own by its path: an enum's member, a function. */
function objectText(name: string): string {
  return name.includes(".") ? name.split(".").slice(-2).join(".") : `${name}(…)`;
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : valueText(value);
}

function plainObjectText(value: { readonly [key: string]: Json }): string {
  return `{${Object.entries(value)
    .map(([key, one]) => `${key}: ${valueText(one)}`)
    .join(", ")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
