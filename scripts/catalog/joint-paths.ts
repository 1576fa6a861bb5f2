import type { Frozen, FrozenFunction, FrozenParam } from "../../src/bridge/catalog.ts";
import { DEFAULT_LIMITS } from "../../src/recipe/interpreter.ts";
import { callWithUnknowns, paramsIn, type Outcome } from "./call-with-unknowns.ts";
import { leaves } from "./leaves.ts";
import type { Trial } from "./freeze-function.ts";

/** Enough for nine independent conditions. */
const WORLDS = 512;

interface Singles {
  readonly names: readonly string[];
  readonly result: Frozen;
  readonly params: readonly FrozenParam[];
  /** Parameters whose argument the function changes; gains what only several arguments together show. */
  readonly changed: Set<string>;
}

/**
 * The paths that several arguments together decide, each with those arguments: two of them given, and the value is
 * whatever the function makes of both. True where the ways that a call can go are too many to tell; null if there are
 * no such paths.
 */
export function jointPaths(
  trial: Trial,
  { names, result, params, changed }: Singles,
): FrozenFunction["joint"] | null {
  if (names.length < 2) return null;
  const outcomes = callWithUnknowns(trial, new Set(names), { ...DEFAULT_LIMITS, worlds: WORLDS });
  if (outcomes === null)
    return params.some(({ sets, affects }) => sets.length + affects.length > 0) ? true : null;
  for (const outcome of outcomes) for (const one of outcome.changed) changed.add(one);
  const worlds = outcomes
    .filter(({ raised }) => !raised)
    .map((outcome) => ({ outcome, table: leaves(outcome.result) }));
  const paths = new Set([...leaves(result).keys(), ...worlds.flatMap(({ table }) => [...table.keys()])]);
  const joint: Record<string, readonly string[]> = {};
  for (const path of [...paths].sort()) {
    const deciding = decidingParams(
      worlds.map(({ outcome, table }) => ({ outcome, value: table.get(path) ?? "" })),
    );
    for (const { name, sets, affects } of params) {
      if (sets.includes(path) || affects.includes(path)) deciding.add(name);
    }
    if (deciding.size > 1) joint[path] = [...deciding].sort();
  }
  return Object.keys(joint).length > 0 ? joint : null;
}

interface Leaf {
  readonly outcome: Outcome;
  readonly value: string;
}

/** The parameters that a leaf depends on: those it mentions, and those of conditions that it differs by. */
function decidingParams(leavesByWorld: readonly Leaf[]): Set<string> {
  const found = new Set(leavesByWorld.flatMap(({ value }) => paramsIn(value)));
  treeOf(leavesByWorld, 0, found);
  return found;
}

/** The decision tree below a depth as a text; a condition on both sides of which all is the same is left out. */
function treeOf(worlds: readonly Leaf[], depth: number, found: Set<string>): string {
  const [first] = worlds;
  if (!first) return "raises";
  const condition = [...first.outcome.decisions.keys()][depth];
  if (condition === undefined) return first.value;
  const [yes, no] = [true, false].map((side) =>
    treeOf(
      worlds.filter(({ outcome }) => outcome.decisions.get(condition) === side),
      depth + 1,
      found,
    ),
  );
  if (yes === no || yes === "raises" || no === "raises") return yes === "raises" ? (no ?? "") : (yes ?? "");
  for (const name of paramsIn(condition)) found.add(name);
  return `(${condition} ? ${yes ?? ""} : ${no ?? ""})`;
}
