import { knobName, knobParts } from "./bridge/knob-name.ts";
import type { Effective } from "./effects.ts";
import type { ObjectValue, Write } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";

/** The writes to a knob, or to a section, of the object that a way of a recipe ends with, in the order of execution. */
export function writesTo({ world, container }: Effective, knob: string): readonly Write[] {
  const { owner, field } = knobParts(knob);
  const section = owner === "" ? container : container?.fields.get(owner)?.value;
  if (section?.kind !== "object") return NO_WRITES;
  return writesByField(world).get(section)?.get(field) ?? NO_WRITES;
}

const NO_WRITES: readonly Write[] = [];

type WritesByField = ReadonlyMap<ObjectValue, ReadonlyMap<string, readonly Write[]>>;

const indices = new WeakMap<World, WritesByField>();

/** The writes of a world by object and field: a report asks for each knob of each recipe. */
function writesByField(world: World): WritesByField {
  const known = indices.get(world);
  if (known) return known;
  const index = new Map<ObjectValue, Map<string, Write[]>>();
  for (const write of world.writes) {
    let fields = index.get(write.object);
    if (!fields) index.set(write.object, (fields = new Map<string, Write[]>()));
    const same = fields.get(write.field);
    if (same) same.push(write);
    else fields.set(write.field, [write]);
  }
  indices.set(world, index);
  return index;
}

/** The knob, and the fields that Bridge copies to it at start-up, in this order. */
export function inputsOf(knob: string): readonly string[] {
  const { field } = knobParts(knob);
  return [knob, knobName("mixed_precision", field), knobName("comm_overlap", field)];
}
