import { identity, type ListValue, type ObjectValue, type Value } from "./value.ts";

/**
 * A text that is equal for two values of different runs exactly when they say the same: objects by their class and
 * what was set on them, not by which instance they are.
 */
export function printValue(value: Value, seen: readonly Value[] = []): string {
  if (seen.includes(value)) return "…";
  const inside = [...seen, value];
  switch (value.kind) {
    case "object": {
      const fields = [...value.fields]
        .map(([name, slot]) => `${name}=${printValue(slot.value, inside)}`)
        .sort();
      const open = value.open ? [`?${value.open.key}`] : [];
      return `${value.type.path}(${[...fields, ...open].join(", ")})`;
    }
    case "list":
    case "tuple":
    case "set":
      return `${value.kind}[${value.items.map((item) => printValue(item, inside)).join(", ")}${value.open ? `, ?${value.open.key}` : ""}]`;
    case "dict": {
      const entries = [...value.entries].map(([key, slot]) => `${key}: ${printValue(slot.value, inside)}`);
      return `{${entries.join(", ")}${value.open ? `, ?${value.open.key}` : ""}}`;
    }
    case "choice":
      return `(${value.condition} ? ${printValue(value.then, inside)} : ${printValue(value.otherwise, inside)})`;
    case "method":
      return `${printValue(value.func, inside)}@`;
    case "partial":
      return `partial(${printValue(value.func, inside)}, ${value.args.map((arg) => printValue(arg.value, inside)).join(", ")})`;
    default:
      return identity(value);
  }
}

/** Deeper than any configuration; a value that holds itself is compared by its printed form. */
const DEEP = 16;

/** Whether two values of different runs say the same: what comparing their printed forms tells, without printing. */
export function saysSame(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return true;
  if (depth < DEEP) {
    if (a.kind === "const" && b.kind === "const") return a.value === b.value || Object.is(a.value, b.value);
    if (a.kind === "object" && b.kind === "object") return objectsSaySame(a, b, depth);
    if (hasItems(a) && hasItems(b)) return itemsSaySame(a, b, depth);
  }
  return printValue(a) === printValue(b);
}

function objectsSaySame(a: ObjectValue, b: ObjectValue, depth: number): boolean {
  if (a.type.path !== b.type.path || a.open?.key !== b.open?.key || a.fields.size !== b.fields.size)
    return false;
  for (const [name, slot] of a.fields) {
    const other = b.fields.get(name);
    if (!other || !saysSame(slot.value, other.value, depth + 1)) return false;
  }
  return true;
}

function hasItems(value: Value): value is ListValue {
  return value.kind === "list" || value.kind === "tuple" || value.kind === "set";
}

function itemsSaySame(a: ListValue, b: ListValue, depth: number): boolean {
  if (a.kind !== b.kind || a.open?.key !== b.open?.key || a.items.length !== b.items.length) return false;
  return a.items.every((item, index) => {
    const other = b.items[index];
    return other !== undefined && saysSame(item, other, depth + 1);
  });
}
