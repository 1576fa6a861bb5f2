import { itemsOf } from "./builtin-methods.ts";
import { enumMember, isEnum } from "./classes.ts";
import { callHook, stir } from "./hooks.ts";
import { PythonError, type Machine } from "./machine.ts";
import { integerOf } from "./numbers.ts";
import { derived, entryOf } from "./operators.ts";
import { isStrange } from "./strange-classes.ts";
import { identity, isOpenKey, symbol, unknown, type Value } from "./value.ts";

/** `value[index]`. */
export function itemAt(m: Machine, value: Value, index: Value): Value {
  if (value.kind === "choice") {
    return itemAt(m, m.decide(unknown(value.condition)) ? value.then : value.otherwise, index);
  }
  const own = callHook(m, value, { name: "__getitem__", args: [index] });
  if (own) return own;
  stir(m, value, index);
  if (value.kind === "dict" && !isOpenKey(index)) {
    const entry = entryOf(value, index);
    if (entry === "absent") throw new PythonError("KeyError", identity(index));
    if (entry !== "unsure") return entry.value;
    if (!value.open) return { ...derived("$0[$1]", value, index), may: [value] };
    const { shown, key } = value.open;
    return { ...unknown(`${shown}[${identity(index)}]`, `${key}[${identity(index)}]`), may: [value] };
  }
  const items = isIndexed(value) ? itemsOf(value) : null;
  const at = integerOf(index);
  if (items && at !== null) {
    const item = items.at(at);
    if (!item) throw new PythonError("IndexError", "list index out of range");
    return item;
  }
  return (
    memberNamed(value, index) ??
    (isOfTypes(m, value, index) ? value : { ...derived("$0[$1]", value, index), may: [value] })
  );
}

/** `Enum["name"]`: the member. A class whose source is not at hand takes a text in no other case that matters. */
function memberNamed(value: Value, index: Value): Value | null {
  if (index.kind !== "const" || typeof index.value !== "string") return null;
  if (value.kind === "class") return enumMember(value, index.value);
  const isClass = value.kind === "symbol" && /\.[A-Z]\w*[a-z]\w*$/.test(value.path);
  return isClass && !isTyping(value.path) ? symbol(`${value.path}.${index.value}`) : null;
}

/** `list[int]` and the like, in annotations and casts: what stands in `os.environ["NAME"]` is a value of its own. */
function isOfTypes(m: Machine, value: Value, index: Value): boolean {
  if (value.kind === "class") return !isEnum(value) && !isStrange(m, value);
  if (value.kind === "builtin") return true;
  if (value.kind !== "symbol") return false;
  return isTyping(value.path) || (/\.[A-Z]\w*$/.test(value.path) && TYPES.has(index.kind));
}

const TYPES: ReadonlySet<Value["kind"]> = new Set(["class", "builtin", "symbol", "tuple"]);

function isTyping(path: string): boolean {
  return /^(typing|typing_extensions|collections\.abc)\./.test(path);
}

/** Whether Python finds items of the value by their place. */
function isIndexed(value: Value): boolean {
  if (value.kind === "list" || value.kind === "tuple") return value.as === undefined || value.as === "range";
  return value.kind === "const";
}
