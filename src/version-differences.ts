import type { Catalog } from "./bridge/catalog.ts";
import { knobParts } from "./bridge/knob-name.ts";
import { SECTIONS } from "./bridge/names.ts";
import { differences, type Difference } from "./differences.ts";
import type { Effective } from "./effects.ts";
import type { Json } from "./json.ts";
import { isCheckpointModel } from "./recipe/bridge-library.ts";
import { fieldsOf } from "./recipe/classes.ts";
import { isUnknownJson, toJson } from "./recipe/json-value.ts";
import { PythonError, type Machine } from "./recipe/machine.ts";
import { saysSame } from "./recipe/print-value.ts";
import type { ObjectValue, Value } from "./recipe/value.ts";

/** The catalogs of two versions of Bridge. */
export interface Versions {
  readonly before: Catalog;
  readonly after: Catalog;
}

/** What differs between two versions of Bridge, and how much of that says nothing. */
export interface VersionDifferences {
  readonly told: readonly Difference[];
  /**
   * Knobs that only one version has, and that hold there what they hold by default. A version brings dozens of them and
   * takes others away, for every recipe alike; what runs otherwise for it shows in no knob of a recipe.
   */
  readonly bare: readonly string[];
}

/** One way of a recipe before, and the same way after. */
interface Pair {
  readonly before: Effective;
  readonly after: Effective;
}

/** What differs between a way that a recipe goes under one version of Bridge and the same way under another. */
export function versionDifferences(
  before: Effective,
  after: Effective,
  versions: Versions,
): VersionDifferences {
  const pair = { before, after };
  const all = differences(before, after, changedDefaults(pair, versions)).flatMap((one) => opened(one, pair));
  const told = all.filter((one) => !isBare(one, pair) && !isOpaque(one));
  const bare = all.filter((one) => isBare(one, pair)).map(({ knob }) => knob);
  return { told, bare };
}

/**
 * Whether neither value can be known, or both read the same: an unknown of another version has another identity, which
 * says nothing of what runs.
 */
function isOpaque({ before, after }: Difference): boolean {
  return (isUnknownJson(before) && isUnknownJson(after)) || JSON.stringify(before) === JSON.stringify(after);
}

function isBare({ knob, before, after }: Difference, pair: Pair): boolean {
  if (isAbsent(before)) return isUnknownJson(after) || isDefault(pair.after, knob, after);
  return isAbsent(after) && (isUnknownJson(before) || isDefault(pair.before, knob, before));
}

function isAbsent(value: Json): boolean {
  return typeof value === "object" && value !== null && "absent" in value;
}

/** Whether a value is the one that the knob's class gives it, whoever wrote it. */
function isDefault({ world, container }: Effective, knob: string, value: Json): boolean {
  if (!container) return false;
  const { owner, field } = knobParts(knob);
  const holder = owner === "" ? container : (container.fields.get(owner)?.value ?? null);
  if (holder?.kind !== "object") return false;
  const fallback = attributeOf(world.machine, { ...holder, fields: new Map() }, field);
  return fallback !== null && JSON.stringify(toJson(fallback)) === JSON.stringify(value);
}

function attributeOf(m: Machine, object: ObjectValue, field: string): Value | null {
  try {
    return m.getAttribute(object, field);
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}

/**
 * Takes a section that holds no knobs of ours apart. Within one version the diff shows what is set on it; that Bridge's
 * own recipe sets something else can be seen nowhere else.
 */
function opened(one: Difference, pair: Pair): readonly Difference[] {
  if (knobParts(one.knob).owner !== "" || SECTIONS.some((section) => section === one.knob)) return [one];
  const [old, now] = [pair.before, pair.after].map((way) => way.container?.fields.get(one.knob)?.value);
  if (old?.kind !== "object" || now?.kind !== "object" || old.type.name !== now.type.name) return [one];
  return [...new Set([...old.fields.keys(), ...now.fields.keys()])].flatMap((field): Difference[] => {
    const before = attributeOf(pair.before.world.machine, old, field);
    const after = attributeOf(pair.after.world.machine, now, field);
    if (before && after && saysSame(before, after)) return [];
    const json = { before: jsonOf(before), after: jsonOf(after) };
    return [{ knob: `${one.knob}.${field}`, ...json, mends: false }];
  });
}

function jsonOf(value: Value | null): Json {
  return value ? toJson(value) : { absent: true };
}

/** Knobs that nobody sets and whose default is another one in the other version. */
function changedDefaults({ before, after }: Pair, versions: Versions): readonly string[] {
  return SECTIONS.flatMap((section) => {
    const [old, now] = [before, after].map((way) => way.container?.fields.get(section)?.value);
    if (old?.kind !== "object" || now?.kind !== "object") return [];
    const fields = changedFields([old, before.world.machine], [now, after.world.machine], versions);
    return fields
      .filter((field) => !old.fields.has(field) && !now.fields.has(field))
      .map((field) => `${section}.${field}`);
  });
}

type Owned = readonly [object: ObjectValue, machine: Machine];

const changed = new WeakMap<object, WeakMap<object, readonly string[]>>();

function changedFields([old, m]: Owned, [now, other]: Owned, { before, after }: Versions): readonly string[] {
  const isOpen = isCheckpointModel(old) && isCheckpointModel(now);
  const [key, inner] = isOpen ? [before, after] : [old.type, now.type];
  let byNow = changed.get(key);
  if (!byNow) changed.set(key, (byNow = new WeakMap()));
  let fields = byNow.get(inner);
  if (!fields)
    byNow.set(inner, (fields = isOpen ? openFields({ before, after }) : typeFields([old, m], [now, other])));
  return fields;
}

/** Of a model that a checkpoint shapes. */
function openFields({ before, after }: Versions): readonly string[] {
  const { modelDefaults } = before;
  return Object.entries(after.modelDefaults)
    .filter(
      ([name, now]) => name in modelDefaults && JSON.stringify(modelDefaults[name]) !== JSON.stringify(now),
    )
    .map(([name]) => name);
}

function typeFields([old, m]: Owned, [now, other]: Owned): readonly string[] {
  const known = new Map(fieldsOf(m, old.type).map((field) => [field.name, field]));
  return fieldsOf(other, now.type)
    .filter((field) => {
      const same = known.get(field.name);
      return same !== undefined && !saysSame(same.make(m), field.make(other));
    })
    .map(({ name }) => name);
}
