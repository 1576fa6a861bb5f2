import { ancestryOf, attributeValue, fieldsOf, isDataclass, memberOf } from "./classes.ts";
import type { Machine } from "./machine.ts";
import { isStrange } from "./strange-classes.ts";
import type { ClassValue, Value } from "./value.ts";

/** The attributes that the places of `case Type(a, b)` stand for; null where that is not known for certain. */
export function matchArgsOf(m: Machine, type: Value): readonly string[] | null {
  if (type.kind !== "class" || !ancestryOf(type).complete || isStrange(m, type)) return null;
  for (const owner of ancestryOf(type).classes) {
    const stmt = memberOf(owner, "__match_args__");
    if (stmt)
      return stmt.kind === "Assign" && stmt.value ? names(attributeValue(m, owner, stmt.value)) : null;
    if (isDataclass(m, owner)) return hasOptions(owner) ? null : fieldNames(m, owner);
  }
  return [];
}

function names(value: Value): readonly string[] | null {
  if (value.kind !== "tuple" || value.open) return null;
  const texts = value.items.flatMap((item) =>
    item.kind === "const" && typeof item.value === "string" ? [item.value] : [],
  );
  return texts.length === value.items.length ? texts : null;
}

function fieldNames(m: Machine, type: ClassValue): readonly string[] {
  return fieldsOf(m, type).flatMap(({ name, init }) => (init ? [name] : []));
}

/** Whether a dataclass, or one above it, may leave fields out: by keyword alone, or altogether. */
function hasOptions(type: ClassValue): boolean {
  return ancestryOf(type).classes.some(({ source }) => {
    if (!source) return true;
    const text = source.module.text.slice(source.def.start, source.def.end);
    return /\b(kw_only|KW_ONLY|match_args)\b|@[\w.]*dataclass\(.*\*\*/.test(text);
  });
}
