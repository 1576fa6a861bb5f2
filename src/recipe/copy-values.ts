import type { Machine } from "./machine.ts";
import type { DictValue, ListValue, ObjectValue, Slot, Unknown, Value, Write } from "./value.ts";

/** What a call returned, and what it wrote. */
interface Original {
  readonly result: Value;
  /** In the order of execution, without gaps. */
  readonly writes: readonly Write[];
}

/**
 * Copies a result together with the writes that led to it; orders start at `first`. What a run plays back most is made
 * here, so nothing is made twice.
 */
export function copyAll(m: Machine, original: Original, first: number): { result: Value; writes: Write[] } {
  const begin = original.writes[0]?.order ?? 0;
  const copier: Copier = {
    m,
    original: original.writes,
    begin,
    first,
    copies: new Map(),
    made: [],
    late: [],
  };
  for (const write of original.writes) copyWrite(copier, write);
  const result = copy(copier, original.result);
  for (const { object, name, slot, write } of copier.late) {
    const made = copier.made[write.order - begin];
    if (made) object.fields.set(name, { value: slot.value, write: made });
  }
  return { result, writes: copier.made };
}

interface Copier {
  readonly m: Machine;
  readonly original: readonly Write[];
  /** The orders of the first write, in the original and in the copy. */
  readonly begin: number;
  readonly first: number;
  readonly copies: Map<Value, Value>;
  /** The copied writes, at the places of the originals. */
  readonly made: Write[];
  /** Slots that point to the write of another object, which exists only once all are copied. */
  readonly late: {
    readonly object: ObjectValue;
    readonly name: string;
    readonly slot: Slot;
    readonly write: Write;
  }[];
}

function copyWrite(copier: Copier, write: Write): Write {
  const { field, previous, site } = write;
  const index = write.order - copier.begin;
  const known = copier.made[index];
  if (known) return known;
  const object = copy(copier, write.object);
  const value = copy(copier, write.value);
  // Copying the object may have led here.
  return (copier.made[index] ??= { order: copier.first + index, object, field, value, previous, site });
}

function copy<T extends Value>(copier: Copier, value: T): T;
function copy(copier: Copier, value: Value): Value {
  switch (value.kind) {
    case "object":
      return copier.copies.get(value) ?? copyObject(copier, value);
    case "dict":
    case "list":
    case "tuple":
    case "set":
      return copier.copies.get(value) ?? copyCollection(copier, value);
    case "unknown":
      return copyUnknown(copier, value);
    default:
      return value;
  }
}

/** An unknown of a copy may be what the copy holds. */
function copyUnknown(copier: Copier, value: Unknown): Unknown {
  return value.may ? { ...value, may: value.may.map((one) => copy(copier, one)) } : value;
}

function copyCollection(copier: Copier, value: ListValue | DictValue): Value {
  if (value.kind === "dict") {
    const made: DictValue = { kind: "dict", entries: new Map(), open: null };
    copier.copies.set(value, made);
    made.open = value.open && copyUnknown(copier, value.open);
    for (const [key, slot] of value.entries)
      made.entries.set(key, { ...slot, value: copy(copier, slot.value) });
    return made;
  }
  const made: ListValue = { ...value, items: [], open: null };
  copier.copies.set(value, made);
  made.open = value.open && copyUnknown(copier, value.open);
  made.items = value.items.map((item) => copy(copier, item));
  return made;
}

function copyObject(copier: Copier, object: ObjectValue): ObjectValue {
  const origin = object.origin ?? object;
  const made: ObjectValue = { ...object, id: copier.m.objects++, fields: new Map(), origin };
  copier.copies.set(object, made);
  made.open = object.open && copyUnknown(copier, object.open);
  for (const [name, slot] of object.fields)
    made.fields.set(name, copySlot(copier, { object, made, name }, slot));
  return made;
}

function copySlot(
  copier: Copier,
  at: { readonly object: ObjectValue; readonly made: ObjectValue; readonly name: string },
  slot: Slot,
): Slot {
  const value = copy(copier, slot.value);
  const { write } = slot;
  if (!write || copier.original[write.order - copier.begin] !== write)
    return value === slot.value ? slot : { value, write };
  if (write.object === at.object) return { value, write: copyWrite(copier, write) };
  const copied = { value, write };
  copier.late.push({ object: at.made, name: at.name, slot: copied, write });
  return copied;
}
