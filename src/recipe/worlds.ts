import type { FunctionDef, Lambda } from "../python/syntax.ts";
import { newMachine } from "./interpreter.ts";
import { EvaluationLimit, PythonError, type Limits, type Machine, type Session } from "./machine.ts";
import type { SourceModule } from "./source-module.ts";
import type { Value, Write } from "./value.ts";

/** One way that a recipe can go: the conditions it met and what came out. */
export interface World {
  readonly decisions: ReadonlyMap<string, boolean>;
  /** What the recipe returned; null if it raised. */
  readonly result: Value | null;
  readonly launched: Machine["launched"];
  readonly error: PythonError | null;
  readonly writes: readonly Write[];
  readonly machine: Machine;
}

/** All ways that a recipe can go. */
export interface Worlds {
  readonly worlds: readonly World[];
  /** Why there may be more ways than these; null if these are all. */
  readonly incomplete: string | null;
  /** The modules whose code ran in any way that was tried. */
  readonly touched: ReadonlySet<SourceModule>;
  /** The functions whose bodies did. */
  readonly called: ReadonlySet<FunctionDef | Lambda>;
}

/**
 * Of a recipe with too many ways, so many are kept, spread over those that were tried: nothing certain can be said of
 * it any more, and a few show what it is about.
 */
const KEPT = 8;

/** Runs code again and again until every combination of open conditions has been taken, within reason. */
export function explore(session: Session, limits: Limits, run: (m: Machine) => Value): Worlds {
  const worlds: World[] = [];
  const touched = new Set<SourceModule>();
  const called = new Set<FunctionDef | Lambda>();
  const pending: ReadonlyMap<string, boolean>[] = [new Map()];
  let incomplete: string | null = null;
  for (let assumed = pending.pop(); assumed; assumed = pending.pop()) {
    if (worlds.length >= limits.worlds) {
      incomplete = `more than ${limits.worlds} combinations of conditions that cannot be computed`;
      return { worlds: someOf(worlds), incomplete, touched, called };
    }
    const machine = newMachine(session, limits, assumed);
    const world = runOnce(machine, run);
    for (const module of machine.touched) touched.add(module);
    for (const def of machine.called) called.add(def);
    if (typeof world === "string") {
      incomplete = world;
      break;
    }
    worlds.push(world);
    pending.push(...otherWays(machine.decisions, assumed));
  }
  return { worlds, incomplete, touched, called };
}

/** Ways that come to an end before those that raise: of a recipe, one that ends shows that it is one. */
function someOf(worlds: readonly World[]): readonly World[] {
  const ending = worlds.filter(({ error }) => error === null);
  const shown = ending.length > 0 ? ending : worlds;
  if (shown.length <= KEPT) return shown;
  // Odd steps among them: every other way takes the last condition the same way.
  const places = Array.from({ length: KEPT }, (_, at) => Math.round((at * (shown.length - 1)) / (KEPT - 1)));
  return places.flatMap((at) => shown[at] ?? []);
}

function runOnce(machine: Machine, run: (m: Machine) => Value): World | string {
  const base = { decisions: machine.decisions, launched: machine.launched, writes: machine.writes, machine };
  try {
    return { ...base, result: run(machine), error: null };
  } catch (error) {
    if (error instanceof PythonError && error.type !== "EvaluationLimit")
      return { ...base, result: null, error };
    if (error instanceof EvaluationLimit || error instanceof PythonError) return error.message;
    if (error instanceof RangeError) return "code nested too deep to follow";
    throw error;
  }
}

/** For each condition that this run met first, the way that it did not go. */
function otherWays(
  decisions: ReadonlyMap<string, boolean>,
  assumed: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, boolean>[] {
  const ways: Map<string, boolean>[] = [];
  const path = new Map<string, boolean>();
  for (const [key, taken] of decisions) {
    if (!assumed.has(key)) ways.push(new Map([...path, [key, !taken]]));
    path.set(key, taken);
  }
  return ways;
}
