import type { Effective } from "./effects.ts";
import type { Json } from "./json.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import { toJson } from "./recipe/json-value.ts";
import { saysSame } from "./recipe/print-value.ts";
import type { Value } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";

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

/** What differs between a way that a recipe went before an edit and the same way after it; `also` are knobs of neither. */
export function differences(before: Effective, after: Effective, also: readonly string[] = []): Difference[] {
  if (before.raises !== null || after.raises !== null) {
    if (before.raises === after.raises) return [];
    return raisingDifferences(before, after);
  }
  const knobs = new Set([...before.knobs, ...after.knobs, ...also]);
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
