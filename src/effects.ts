import { EXPERT_CHECKS, type Precondition } from "./bridge/expert-overlap.ts";
import { processesLeftOver, RAISES, type Notice } from "./bridge/notices.ts";
import { decide, type Asking, type Joining } from "./bridge/questions.ts";
import { finalizeProblem, overlapProblem } from "./bridge/problems.ts";
import type { Circumstances, PrecisionState, StartUp } from "./bridge/start-up.ts";
import type { Json } from "./json.ts";
import { answersIn } from "./recipe/answers.ts";
import { declaredOf } from "./recipe/declared.ts";
import { containerOf } from "./recipe/evaluate.ts";
import { PythonError } from "./recipe/machine.ts";
import { readContainer, type Reading } from "./reading.ts";
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

function precisionProblem(precision: PrecisionState<Value>, version: string): string | null {
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
    const unmetForExperts = () => unmetIn(at, world);
    const problem = startUpProblem(at, world);
    if (problem === null) return { ...nothing, ...read, raises: null, unmetForExperts };
    const notices = () => [...leftOver(at, world), problem];
    return { ...nothing, raises: problem.message, unmetForExperts, notices };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const problem = raisedBy("mixed_precision", `${error.type}: ${error.message}`);
    return { ...nothing, raises: problem.message, notices: () => [problem] };
  }
}

/** What start-up raises, in the order of its steps; null if nothing is certain to. */
function startUpProblem(at: StartUp<Value>, world: World): Notice | null {
  const ofPrecision = precisionProblem(at.declared.precision, at.version);
  if (ofPrecision !== null) return raisedBy("mixed_precision", ofPrecision);
  const ofOverlap = decide(() => overlapProblem(at), answersIn(world.decisions), EITHER_PROBLEM);
  return ofOverlap === null ? null : raisedBy("comm_overlap", ofOverlap);
}

/** A world that does not fit is told, too: with another one it is still this that start-up raises. */
function leftOver(at: StartUp<Value>, world: World): readonly Notice[] {
  const either = (_: string, then: readonly Notice[], otherwise: readonly Notice[]) =>
    then.length > 0 && otherwise.length > 0 ? then : [];
  return decide(() => processesLeftOver(at), answersIn(world.decisions), { either }) ?? [];
}

function raisedBy(knob: string, message: string): Notice {
  return { rule: RAISES, severity: "error", knob, message };
}

const OR = "; or ";

/** What is raised whatever an open condition turns out to be: one of the two, if not the same. */
const EITHER_PROBLEM: Joining<string | null> = {
  either: (_, then, otherwise) => {
    if (then === null || otherwise === null) return null;
    return [...new Set([...then.split(OR), ...otherwise.split(OR)])].join(OR);
  },
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
