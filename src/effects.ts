import { SECTIONS, type Section } from "./bridge/names.ts";
import {
  finalizeProblem,
  resolveField,
  type Declared,
  type PrecisionState,
  type Resolved,
} from "./bridge/resolve.ts";
import type { Json } from "./json.ts";
import { containerOf, declaredOf, type Evaluation } from "./recipe/evaluate.ts";
import { isUnknownJson, toJson } from "./recipe/json-value.ts";
import { PythonError } from "./recipe/machine.ts";
import { printValue } from "./recipe/print-value.ts";
import type { ObjectValue, Value } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";

/** What Bridge will make of one way that a recipe can go. */
export interface Effective {
  readonly world: World;
  /** Why there is no configuration: the recipe, or Bridge's start-up, raises. */
  readonly raises: string | null;
  readonly container: ObjectValue | null;
  /** `section.field` of everything that was set, and of what start-up overwrites. */
  readonly knobs: ReadonlySet<string>;
  resolved(knob: string): Resolved<Value> | null;
  declared(knob: string): Value | null;
}

const cache = new WeakMap<World, Effective>();

/** Reads a world's container as the given version of Bridge does at start-up. */
export function effectiveOf(world: World, version: string): Effective {
  let effective = cache.get(world);
  if (!effective) {
    effective = computeEffective(world, version);
    cache.set(world, effective);
  }
  return effective;
}

function startupProblem(precision: PrecisionState<Value>, version: string): string | null {
  if (precision.kind !== "fields") return null;
  const known = (field: string): Json | undefined => {
    const value = precision.names.has(field) ? precision.get(field) : null;
    return value?.kind === "const" ? value.value : undefined;
  };
  return finalizeProblem(known, version);
}

function computeEffective(world: World, version: string): Effective {
  const container = containerOf(world);
  const nothing = { world, container, knobs: new Set<string>(), resolved: () => null, declared: () => null };
  if (world.error) return { ...nothing, raises: `${world.error.type}: ${world.error.message}` };
  if (!container) return { ...nothing, raises: null };
  try {
    const read = readContainer(world, container);
    const raises = startupProblem(declaredOf(world, container).precision, version);
    return raises === null ? { ...nothing, ...read, raises } : { ...nothing, raises };
  } catch (error) {
    if (error instanceof PythonError) return { ...nothing, raises: `${error.type}: ${error.message}` };
    throw error;
  }
}

function readContainer(world: World, container: ObjectValue) {
  const declared = declaredOf(world, container);
  const table = new Map<string, Resolved<Value> | null>();
  return {
    knobs: knobsOf(declared, container),
    declared: (knob: string) => readKnob(knob, (section, field) => declared.get(section, field)),
    resolved: (knob: string) => {
      let value = table.get(knob);
      if (value === undefined) {
        value =
          readKnob(knob, (section, field) => resolveField(declared, section, field)) ?? rest(container, knob);
        table.set(knob, value);
      }
      return value;
    },
  };
}

function readKnob<T>(knob: string, read: (section: Section, field: string) => T | null): T | null {
  const dot = knob.indexOf(".");
  const section = SECTIONS.find((one) => one === knob.slice(0, dot));
  return section ? read(section, knob.slice(dot + 1)) : null;
}

/** Parts of a container without knobs (dataset, checkpoint …) count as one value each. */
function rest(container: ObjectValue, knob: string): Resolved<Value> | null {
  const slot = container.fields.get(knob);
  return slot ? { value: slot.value, decidedBy: null } : null;
}

/** How a model is spread over processes: every report on a recipe starts from it. */
const LAYOUT = [
  "tensor_model_parallel_size",
  "pipeline_model_parallel_size",
  "virtual_pipeline_model_parallel_size",
  "context_parallel_size",
  "expert_model_parallel_size",
  "sequence_parallel",
];

function knobsOf(declared: Declared<Value>, container: ObjectValue): Set<string> {
  const knobs = new Set<string>();
  for (const [name, slot] of container.fields) {
    const section = SECTIONS.find((one) => one === name);
    if (!section) knobs.add(name);
    else if (slot.value.kind === "object")
      for (const field of slot.value.fields.keys()) knobs.add(`${name}.${field}`);
    else if (slot.value.kind === "dict")
      for (const entry of slot.value.entries.values()) knobs.add(`${name}.${keyOf(entry.key)}`);
  }
  for (const field of LAYOUT) if (declared.get("model", field) !== null) knobs.add(`model.${field}`);
  if (declared.precision.kind !== "fields") return knobs;
  for (const section of ["model", "optimizer", "ddp"] as const) {
    for (const field of declared.precision.names) {
      if (declared.get(section, field) !== null) knobs.add(`${section}.${field}`);
    }
  }
  return knobs;
}

function keyOf(key: Value): string {
  return key.kind === "const" ? String(key.value) : printValue(key);
}

/** A knob whose effective value an edit changes in one pair of corresponding worlds. */
export interface Difference {
  readonly knob: string;
  readonly before: Json;
  readonly after: Json;
}

/** Knobs that start-up reads and nobody after it: what they do shows in the others. */
function isInput(knob: string): boolean {
  return knob === "mixed_precision" || knob.startsWith("mixed_precision.");
}

/** What differs between a way that a recipe went before an edit and the same way after it. */
export function differences(before: Effective, after: Effective): Difference[] {
  if (before.raises !== null || after.raises !== null) {
    if (before.raises === after.raises) return [];
    return raisingDifferences(before, after);
  }
  const knobs = [...new Set([...before.knobs, ...after.knobs])].filter((knob) => !isInput(knob));
  const decisions = new Map([...before.world.decisions, ...after.world.decisions]);
  return knobs.flatMap((knob) => {
    const old = settled(before.resolved(knob)?.value ?? null, decisions);
    const now = settled(after.resolved(knob)?.value ?? null, decisions);
    if (old && now && isSame(old, now)) return [];
    return old || now ? [{ knob, before: jsonOf(old), after: jsonOf(now) }] : [];
  });
}

/** The side of a choice that the conditions of both worlds leave. */
function settled(value: Value | null, decisions: ReadonlyMap<string, boolean>): Value | null {
  if (value?.kind !== "choice") return value;
  const [, negation, key = ""] = /^((?:not )*)(.*)$/s.exec(value.condition) ?? [];
  const taken = decisions.get(key);
  if (taken === undefined) return value;
  const isNegated = ((negation ?? "").length / "not ".length) % 2 === 1;
  return settled(taken === isNegated ? value.otherwise : value.then, decisions);
}

/** Whether two values of different runs say the same; most are constants, which need no printing. */
function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === "const" && b.kind === "const") return a.value === b.value;
  return printValue(a) === printValue(b);
}

function jsonOf(value: Value | null): Json {
  return value ? toJson(value) : { absent: true };
}

function raisingDifferences(before: Effective, after: Effective): Difference[] {
  const knobs = before.raises === null ? before.knobs : after.knobs;
  const side = (effective: Effective, knob: string): Json =>
    effective.raises === null
      ? jsonOf(effective.resolved(knob)?.value ?? null)
      : { raises: effective.raises };
  return [...knobs].map((knob) => ({ knob, before: side(before, knob), after: side(after, knob) }));
}

/** Pairs the ways that a recipe went before and after an edit: those that no common condition tells apart. */
export function pairWorlds(before: Evaluation, after: Evaluation): (readonly [World, World])[] {
  return before.worlds.flatMap((old) =>
    after.worlds.filter((now) => agree(old.decisions, now.decisions)).map((now) => [old, now] as const),
  );
}

function agree(a: ReadonlyMap<string, boolean>, b: ReadonlyMap<string, boolean>): boolean {
  for (const [key, taken] of a) {
    const other = b.get(key);
    if (other !== undefined && other !== taken) return false;
  }
  return true;
}

/** One JSON value for a knob over all worlds of a recipe. */
export function mergedJson(values: readonly Json[]): Json {
  const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  const [first = { unknown: "never evaluated" }] = distinct;
  if (distinct.length <= 1) return first;
  const hidden = distinct.find(isUnknownJson);
  return hidden ?? { oneOf: distinct.flatMap(flattenOneOf) };
}

function flattenOneOf(json: Json): readonly Json[] {
  if (json === null || typeof json !== "object" || !("oneOf" in json)) return [json];
  const { oneOf } = json as { readonly oneOf: readonly Json[] };
  return oneOf;
}
