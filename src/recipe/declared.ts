import { PATHS, type Section } from "../bridge/names.ts";
import type { Declared, PrecisionState } from "../bridge/start-up.ts";
import { hasAttribute } from "./attributes.ts";
import { isCheckpointModel, namedPrecision, openPrecision, precisionClass } from "./bridge-library.ts";
import { fieldNamed, fieldsOf } from "./classes.ts";
import { PythonError, type Machine } from "./machine.ts";
import { printValue } from "./print-value.ts";
import { unknown, type ClassValue, type ObjectValue, type Value } from "./value.ts";
import type { World } from "./worlds.ts";

const readings = new WeakMap<ObjectValue, Declared<Value>>();

/** Reads a world's container the way Bridge will. Start-up asks for the same few fields again and again. */
export function declaredOf(world: World, container: ObjectValue): Declared<Value> {
  let declared = readings.get(container);
  if (!declared) readings.set(container, (declared = readDeclared(world, container)));
  return declared;
}

function readDeclared(world: World, container: ObjectValue): Declared<Value> {
  const m = world.machine;
  const section = remembered((name: Section) => sectionOf(m, container, name));
  const model = section("model");
  const overlap = sideOf(m, section("comm_overlap"));
  const fieldsIn = remembered((name: Section) =>
    remembered((field: string) => readField(m, name === "comm_overlap" ? overlap : section(name), field)),
  );
  const isMimo = model?.kind === "object" && derivesFromNamed(model.type, PATHS.mimo);
  let precision: PrecisionState<Value> | null = null;
  return {
    get precision() {
      return (precision ??= isMimo ? noPrecision(m) : precisionOf(world, container));
    },
    hasOverlap: overlap !== null && !isNone(world, overlap),
    isMimo,
    get: (name, field) => (name === "dist" ? writtenIn(container, name, field) : fieldsIn(name)(field)),
    uncertain: (name, field) => {
      const held = section(name);
      if (!held || isCertain(m, { held, section: name, field })) return null;
      return unknown(`only some models have ${field}`, `${originOf(held)} has ${field}`);
    },
  };
}

/** A field of a section of which only what was written counts: it is not made where nobody has. */
function writtenIn(container: ObjectValue, section: string, field: string): Value | null {
  const held = container.fields.get(section)?.value;
  return held?.kind === "object" ? (held.fields.get(field)?.value ?? null) : null;
}

/** A function that works each answer out once. */
function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = work(key)));
    return value;
  };
}

/** What a value came from, whatever was written to its fields since. */
function originOf(value: Value): string {
  return value.kind === "object" ? `${value.type.path} ${value.open?.key ?? ""}` : printValue(value);
}

function derivesFromNamed(type: ClassValue, name: string): boolean {
  return (
    type.name === name || type.bases.some((base) => base.kind === "class" && derivesFromNamed(base, name))
  );
}

/** What a section of a container holds; null where it has no such section. */
export function sectionOf(m: Machine, container: ObjectValue, section: Section): Value | null {
  try {
    return m.getAttribute(container, section);
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}

function readField(m: Machine, section: Value | null, field: string): Value | null {
  if (!section || section.kind === "const") return null;
  if (section.kind === "dict") return section.entries.get(JSON.stringify(field))?.value ?? null;
  if (section.kind === "object" && presence(m, section, field) === false) return null;
  try {
    return m.getAttribute(section, field);
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}

/** Whether it is settled that a section has a field, or has not. A model of any kind has the fields of all models. */
function isCertain(
  m: Machine,
  { held, section, field }: { held: Value; section: Section; field: string },
): boolean {
  if (held.kind === "object") return presence(m, held, field) !== null;
  return held.kind !== "unknown" || (section === "model" && m.session.library.isModelField(field));
}

/** Whether the object has the field; null where only some objects of its kind do. */
function presence(m: Machine, object: ObjectValue, field: string): boolean | null {
  if (object.fields.has(field)) return true;
  if (isCheckpointModel(object)) return m.session.library.mayHave(object, field);
  if (fieldNamed(m, object.type, field)) return true;
  const known = hasAttribute(m, object, field);
  return known.kind === "const" ? known.value === true : null;
}

/** The configuration that Bridge will make of what `mixed_precision` holds. */
function precisionObject(m: Machine, held: Value): Value {
  if (held.kind === "choice")
    return precisionObject(m, m.decide(unknown(held.condition)) ? held.then : held.otherwise);
  if (held.kind === "const" && typeof held.value === "string") return namedPrecision(m, held.value);
  return held.kind === "unknown" ? openPrecision(m, held) : held;
}

/** Whether a value is None here: by itself, or because this way of the recipe took it to be. */
function isNone(world: World, value: Value): boolean {
  if (value.kind === "unknown") return world.decisions.get(`(${value.key}) is null`) === true;
  return value.kind === "const" && value.value === null;
}

/** The side of a choice that this way of the recipe took. */
function sideOf(m: Machine, held: Value | null): Value | null {
  if (held?.kind !== "choice") return held;
  return sideOf(m, m.decide(unknown(held.condition)) ? held.then : held.otherwise);
}

function noPrecision(m: Machine): PrecisionState<Value> {
  const type = precisionClass(m);
  return { kind: "none", names: new Set(type ? fieldsOf(m, type).map(({ name }) => name) : []) };
}

function precisionOf(world: World, container: ObjectValue): PrecisionState<Value> {
  const m = world.machine;
  const held = sideOf(m, sectionOf(m, container, "mixed_precision"));
  if (!held || isNone(world, held)) return noPrecision(m);
  const object = precisionObject(m, held);
  if (object.kind !== "object") {
    const shown = held.kind === "unknown" ? held.shown : "mixed_precision";
    const key = held.kind === "unknown" ? held.key : "mixed_precision";
    return {
      kind: "unknown",
      unknown: (field, declared) =>
        unknown(`${shown}.${field}`, `${key}.${field} over ${printValue(declared)}`),
    };
  }
  const names = new Set([...fieldsOf(m, object.type).map((field) => field.name), ...object.fields.keys()]);
  return { kind: "fields", names, get: remembered((field: string) => m.getAttribute(object, field)) };
}
