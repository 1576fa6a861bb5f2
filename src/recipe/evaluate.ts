import { PATHS, type Section } from "../bridge/names.ts";
import { defaultOf } from "./calls.ts";
import { derivesFrom, newObject } from "./classes.ts";
import { sectionOf } from "./declared.ts";
import { takesContainer, type Candidate } from "./discover.ts";
import { forgetEscaped } from "./forget.ts";
import { DEFAULT_LIMITS } from "./interpreter.ts";
import { PythonError, type Machine, type Session } from "./machine.ts";
import { moduleAttribute, moduleScope } from "./names.ts";
import { explore, type World, type Worlds } from "./worlds.ts";
import {
  constant,
  NONE,
  unknown,
  type ArgumentValue,
  type ClassValue,
  type FunctionValue,
  type ObjectValue,
  type Value,
} from "./value.ts";

/** What the caller of a recipe passes: nothing beyond what it must, or anything at all. */
export type CallMode = "defaults" | "unknown";

/** A helper alone leads nowhere certain: most of what it reads is unknown. */
const HELPER_LIMITS = { ...DEFAULT_LIMITS, steps: 5_000, worlds: 4 };

/** A recipe with all the ways it can go. */
export interface Evaluation extends Worlds {
  readonly candidate: Candidate;
  /** Whether it changes a container that somebody passes in, of which nothing is known here. */
  readonly isHelper: boolean;
  /** Import path: `module.function`. */
  readonly name: string;
}

export function candidateName({ module, name }: Candidate): string {
  return name === null ? `module.${module.name}` : `${module.name}.${name}`;
}

/** Runs a candidate in every way that it can go. */
export function evaluateCandidate(session: Session, candidate: Candidate, mode: CallMode): Evaluation {
  const { module, name } = candidate;
  const run = (m: Machine) => {
    const result = name === null ? runModule(m, module) : callEntry(m, { module, name, mode });
    forgetEscaped(m, "by a function that was handed to other code");
    if (isContainer(result)) for (const section of DECISIVE) settleSection(m, result, section);
    return result;
  };
  const limits = takesContainer(candidate) ? HELPER_LIMITS : DEFAULT_LIMITS;
  const worlds = explore(session, limits, run);
  return {
    candidate,
    name: candidateName(candidate),
    isHelper: worlds.worlds.some((world) => hasOpenContainer(world, candidate)),
    ...worlds,
  };
}

/** Whether these are set decides over everything else, so each way of a recipe takes it one way. */
const DECISIVE = ["mixed_precision", "comm_overlap"] as const;

function settleSection(m: Machine, container: ObjectValue, section: Section): void {
  const held = sectionOf(m, container, section);
  if (held?.kind === "choice") m.decide(unknown(held.condition));
  const value =
    held?.kind === "choice" ? (m.decide(unknown(held.condition)) ? held.then : held.otherwise) : held;
  if (value?.kind === "unknown" && value.isSet !== true)
    m.decide(unknown(`${value.shown} is None`, `(${value.key}) is null`));
}

/** Code that is not followed makes a container that came in no more known. */
function hasOpenContainer(world: World, candidate: Candidate): boolean {
  const open = containerOf(world)?.open ?? null;
  return open !== null && (open.key.startsWith("param ") || takesContainer(candidate));
}

/** Whether a candidate makes or changes a container in any of its ways. */
export function isRecipe({ worlds }: Evaluation): boolean {
  return worlds.some((world) => containerOf(world) !== null);
}

function runModule(m: Machine, module: Candidate["module"]): Value {
  const scope = moduleScope(m, module);
  // As Python does for the script that it is started with.
  scope.vars.set("__name__", constant("__main__"));
  m.ran.add(module);
  try {
    m.execute(module.parsed().module.body, scope);
  } catch (error) {
    // A script may end itself.
    if (!(error instanceof PythonError && error.type === "SystemExit")) throw error;
  }
  const last = [...scope.vars.values()].filter(isContainer).at(-1);
  return m.launched.findLast(isContainer) ?? last ?? m.launched.at(-1) ?? NONE;
}

function callEntry(m: Machine, at: { module: Candidate["module"]; name: string; mode: CallMode }): Value {
  const func = moduleAttribute(m, at.module, at.name);
  if (!func || !["function", "partial", "symbol"].includes(func.kind)) return NONE;
  const args = func.kind === "function" ? entryArguments(m, func, at.mode) : [];
  const result = m.call(func, args, { scope: at.module.name, shown: `${at.name}()` });
  if (isContainer(result)) return result;
  const given = args.map((arg) => arg.value).find(isContainer);
  return m.launched.findLast(isContainer) ?? given ?? m.launched.at(-1) ?? result;
}

function entryArguments(m: Machine, func: FunctionValue, mode: CallMode): ArgumentValue[] {
  return func.def.params.flatMap((param): ArgumentValue[] => {
    if (param.form === "star") return [];
    if (param.form === "doubleStar") {
      const key = `${func.path}(**${param.name})`;
      return mode === "unknown" ? [{ name: "**", value: unknown(`**${param.name}`, key), site: null }] : [];
    }
    const value = entryArgument(m, func, { param, mode });
    return value ? [{ name: param.name, value, site: null }] : [];
  });
}

function entryArgument(
  m: Machine,
  func: FunctionValue,
  { param, mode }: { param: FunctionValue["def"]["params"][number]; mode: CallMode },
): Value | null {
  const container = containerClass(m, func, param.annotation);
  if (container && !param.default) return openContainer(m, container, param.name);
  if (mode === "defaults" && defaultOf(m, func, param.name)) return null;
  const value = unknown(param.name, `${func.path}(${param.name})`);
  return param.annotation && !mayBeNone(func, param.annotation) ? { ...value, isSet: true } : value;
}

/** Whether an annotation lets callers pass None. */
function mayBeNone(func: FunctionValue, annotation: { start: number; end: number }): boolean {
  const text = func.module.text.slice(annotation.start, annotation.end);
  return !/\b(?:MixedPrecisionConfig|str)\b/.test(text) || /\b(?:None|Optional|Any|object)\b/.test(text);
}

/** The container class, if an annotation names it. */
function containerClass(
  m: Machine,
  func: FunctionValue,
  annotation: { start: number; end: number } | null,
): ClassValue | null {
  if (!annotation) return null;
  const text = func.module.text.slice(annotation.start, annotation.end).replace(/["']/g, "");
  if (!/\bConfigContainer$/.test(text)) return null;
  const config = m.session.host.find("megatron.bridge.training.config");
  const found = config
    ? moduleAttribute(m, config, "ConfigContainer")
    : m.session.library.export("megatron.bridge.training.config", "ConfigContainer");
  return found?.kind === "class" ? found : null;
}

/** A container that somebody else made: nothing is known of what it holds. */
function openContainer(m: Machine, type: ClassValue, name: string): ObjectValue {
  const object = newObject(m, type);
  object.open = unknown(`of the caller's ${name}`, `param ${name}`);
  return object;
}

export function isContainer(value: Value): value is ObjectValue {
  return value.kind === "object" && derivesFrom(value.type, PATHS.container) === true;
}

/** The container that a world ends with; null if it ends with none. */
export function containerOf(world: World): ObjectValue | null {
  return world.result && isContainer(world.result) ? world.result : null;
}

/** Notes the functions that a recipe called, and gives it back. */
export function noteCalls(evaluation: Evaluation, called: Set<unknown>): Evaluation {
  for (const def of evaluation.called) called.add(def);
  return evaluation;
}
