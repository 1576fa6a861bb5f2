import { EXPERT_CHECKS, type Precondition } from "./bridge/expert-overlap.ts";
import { decide, type Asking, type Joining } from "./bridge/questions.ts";
import { finalizeProblem, overlapProblem } from "./bridge/problems.ts";
import type { Circumstances, PrecisionState, StartUp } from "./bridge/start-up.ts";
import type { Json } from "./json.ts";
import { answersIn } from "./recipe/answers.ts";
import { containerOf, declaredOf, type Evaluation } from "./recipe/evaluate.ts";
import { isUnknownJson, toJson } from "./recipe/json-value.ts";
import { PythonError } from "./recipe/machine.ts";
import { readContainer, type Reading } from "./reading.ts";
import { saysSame } from "./recipe/print-value.ts";
import { constant, type ObjectValue, type Value } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";

/** What Bridge will make of one way that a recipe can go. */
export interface Effective extends Reading {
  readonly world: World;
  /** Why there is no configuration: the recipe, or Bridge's start-up, raises. */
  readonly raises: string | null;
  readonly container: ObjectValue | null;
  /** What expert-parallel overlap would lack here, whether it is asked for or not; null where too much is unknown. */
  unmetForExperts(): Unmet | null;
}

/** Preconditions that are not met, and those of which that cannot be known. */
export interface Unmet {
  readonly certain: readonly Precondition[];
  readonly open: readonly Precondition[];
}

const cache = new WeakMap<World, Map<string, Effective>>();

/** Reads a world's container as Bridge does when it starts up under some circumstances. */
export function effectiveOf(world: World, circumstances: Circumstances): Effective {
  const { version, processes, te } = circumstances;
  const key = JSON.stringify([version, processes, te]);
  let known = cache.get(world);
  if (!known) cache.set(world, (known = new Map<string, Effective>()));
  let effective = known.get(key);
  if (!effective) known.set(key, (effective = lazily(world, () => computeEffective(world, circumstances))));
  return effective;
}

/** Waits with the work until more than the container is asked for: most ways of a recipe are only looked through. */
function lazily(world: World, work: () => Effective): Effective {
  let done: Effective | null = null;
  const read = () => (done ??= work());
  return {
    world,
    container: containerOf(world),
    get raises() {
      return read().raises;
    },
    get knobs() {
      return read().knobs;
    },
    resolved: (knob) => read().resolved(knob),
    steps: (knob) => read().steps(knob),
    declared: (knob) => read().declared(knob),
    isFixed: (knob) => read().isFixed(knob),
    notices: () => read().notices(),
    unmetForExperts: () => read().unmetForExperts(),
  };
}

function startupProblem(precision: PrecisionState<Value>, version: string): string | null {
  if (precision.kind !== "fields") return null;
  const known = (field: string): Json | undefined => {
    const value = precision.names.has(field) ? precision.get(field) : null;
    return value?.kind === "const" ? value.value : undefined;
  };
  return finalizeProblem(known, version);
}

function computeEffective(world: World, circumstances: Circumstances): Effective {
  const container = containerOf(world);
  const nothing = {
    world,
    container,
    knobs: new Set<string>(),
    resolved: () => null,
    steps: () => null,
    declared: () => null,
    isFixed: () => false,
    notices: () => [],
    unmetForExperts: () => null,
  };
  if (world.error) return { ...nothing, raises: `${world.error.type}: ${world.error.message}` };
  if (!container) return { ...nothing, raises: null };
  try {
    const declared = declaredOf(world, container);
    const at = { ...circumstances, declared, constant };
    const read = readContainer(at, { world, container });
    const raises =
      startupProblem(declared.precision, circumstances.version) ??
      decide(() => overlapProblem(at), answersIn(world.decisions), CERTAIN);
    const unmetForExperts = () => unmetIn(at, world);
    const all = raises === null ? { ...nothing, ...read } : nothing;
    return { ...all, raises, unmetForExperts };
  } catch (error) {
    if (error instanceof PythonError) return { ...nothing, raises: `${error.type}: ${error.message}` };
    throw error;
  }
}

/** What is certain whatever an open condition turns out to be. */
const CERTAIN: Joining<string | null> = {
  either: (_, then, otherwise) => (then === otherwise ? then : null),
};

function unmetIn(at: StartUp<Value>, world: World): Unmet {
  const answers = answersIn(world.decisions);
  const found = EXPERT_CHECKS.flatMap((check) => {
    const body = function* (): Asking<Value, Unmet> {
      const unmet = yield* check(at);
      return { certain: unmet ? [unmet] : [], open: [] };
    };
    return decide(body, answers, { either: joinUnmet }) ?? [];
  });
  return {
    certain: found.flatMap(({ certain }) => certain),
    open: found.flatMap(({ open }) => open),
  };
}

/** What is unmet under both answers to a condition is certain, what is under one of them is open. */
function joinUnmet(_condition: string, then: Unmet, otherwise: Unmet): Unmet {
  const all = [then, otherwise].flatMap(({ certain, open }) => [...certain, ...open]);
  const byField = [...new Map(all.map((one) => [one.field, one])).values()];
  const isCertain = ({ field }: Precondition) =>
    [then, otherwise].every(({ certain }) => certain.some((one) => one.field === field));
  return { certain: byField.filter(isCertain), open: byField.filter((one) => !isCertain(one)) };
}

/** A knob whose effective value an edit changes in one pair of corresponding worlds. */
export interface Difference {
  readonly knob: string;
  readonly before: Json;
  readonly after: Json;
  /** Whether it raised before and no longer does: then every knob is new, those that nobody thought of included. */
  readonly mends: boolean;
}

/** Knobs that start-up reads and nobody after it: what they do shows in the others. */
function isInput(knob: string): boolean {
  return /^(?:mixed_precision|comm_overlap)(?:\.|$)/.test(knob);
}

/** Knobs that are read only where another is on. */
const READ_WITH: ReadonlyMap<string, string> = new Map([
  ["model.tp_comm_overlap_cfg", "model.tp_comm_overlap"],
  ["model.wgrad_deferral_limit", "model.defer_embedding_wgrad_compute"],
]);

/** Whether nobody reads a knob here. */
function isInert(knob: string, effective: Effective): boolean {
  const gate = READ_WITH.get(knob);
  const value = gate === undefined ? null : effective.resolved(gate)?.value;
  return value?.kind === "const" && value.value !== true;
}

/** What differs between a way that a recipe went before an edit and the same way after it. */
export function differences(before: Effective, after: Effective): Difference[] {
  if (before.raises !== null || after.raises !== null) {
    if (before.raises === after.raises) return [];
    return raisingDifferences(before, after);
  }
  const knobs = new Set([...before.knobs, ...after.knobs]);
  const decisions = new Map([...before.world.decisions, ...after.world.decisions]);
  const known = comparedOf(before.world, after.world);
  return [...knobs].flatMap((knob) => {
    if (isInput(knob) || (isInert(knob, before) && isInert(knob, after))) return [];
    let found = known.get(knob);
    if (found === undefined) {
      found = differenceIn(knob, { before, after, decisions });
      if (before.isFixed(knob) && after.isFixed(knob)) known.set(knob, found);
    }
    return found ?? [];
  });
}

function differenceIn(
  knob: string,
  {
    before,
    after,
    decisions,
  }: { before: Effective; after: Effective; decisions: ReadonlyMap<string, boolean> },
): Difference | null {
  const old = settled(before.resolved(knob)?.value ?? null, decisions);
  const now = settled(after.resolved(knob)?.value ?? null, decisions);
  if ((!old && !now) || (old && now && isSame(old, now))) return null;
  return { knob, before: jsonOf(old), after: jsonOf(now), mends: false };
}

/** What comparing two worlds gave for knobs that end the same in all circumstances, by the world after. */
const compared = new WeakMap<World, WeakMap<World, Map<string, Difference | null>>>();

function comparedOf(before: World, after: World): Map<string, Difference | null> {
  let byAfter = compared.get(before);
  if (!byAfter) compared.set(before, (byAfter = new WeakMap<World, Map<string, Difference | null>>()));
  let known = byAfter.get(after);
  if (!known) byAfter.set(after, (known = new Map<string, Difference | null>()));
  return known;
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
  return saysSame(a, b);
}

function jsonOf(value: Value | null): Json {
  return value ? toJson(value) : { absent: true };
}

function raisingDifferences(before: Effective, after: Effective): Difference[] {
  const mends = before.raises !== null && after.raises === null;
  const knobs = before.raises === null ? before.knobs : after.knobs;
  const side = (effective: Effective, knob: string): Json =>
    effective.raises === null
      ? jsonOf(effective.resolved(knob)?.value ?? null)
      : { raises: effective.raises };
  return [...knobs]
    .filter((knob) => !isInput(knob))
    .map((knob) => ({ knob, before: side(before, knob), after: side(after, knob), mends }));
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
  const [one] = values;
  if (one !== undefined && values.every((value) => value === one)) return one;
  const distinct = [...new Map(values.map((value) => [jsonKey(value), value])).values()];
  const [first = { unknown: "never evaluated" }] = distinct;
  if (distinct.length <= 1) return first;
  const hidden = distinct.find(isUnknownJson);
  return hidden ?? { oneOf: distinct.flatMap(flattenOneOf) };
}

/** Equal for equal values; most are plain. */
function jsonKey(value: Json): Json {
  return typeof value === "object" && value !== null ? `\0${JSON.stringify(value)}` : value;
}

function flattenOneOf(json: Json): readonly Json[] {
  if (json === null || typeof json !== "object" || !("oneOf" in json)) return [json];
  const { oneOf } = json as { readonly oneOf: readonly Json[] };
  return oneOf;
}
