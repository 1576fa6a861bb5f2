import { identity, type Value } from "./value.ts";

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
