import { knobName, knobParts } from "./bridge/knob-name.ts";
import { TABLE_KNOBS } from "./bridge/knobs.ts";
import { SECTIONS, type Section } from "./bridge/names.ts";
import { NOTICE_RULES, type Notice, type NoticeRule } from "./bridge/notices.ts";
import { decide, type Joining } from "./bridge/questions.ts";
import { copySteps, isOnlyCopied, joinSteps, maySet, stepsOf, type Step } from "./bridge/resolve.ts";
import type { Declared, Resolved, StartUp } from "./bridge/start-up.ts";
import { answersIn } from "./recipe/answers.ts";
import { printValue } from "./recipe/print-value.ts";
import { constant, identity, unknown, type ObjectValue, type Value } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";

/** A container as Bridge reads it when it starts up. */
export interface Reading {
  /** `section.field` of everything that was set, and of what start-up overwrites. */
  readonly knobs: ReadonlySet<string>;
  declared(knob: string): Value | null;
  /** What start-up does to a knob, in order; null where there is no such knob. */
  steps(knob: string): readonly Step<Value>[] | null;
  resolved(knob: string): Resolved<Value> | null;
  /** Whether a knob ends the same in all circumstances: neither the number of processes nor what is installed counts. */
  isFixed(knob: string): boolean;
  /** What Bridge or Megatron-Core will warn about or raise. */
  notices(): readonly Notice[];
}

type Steps = readonly Step<Value>[] | null;

/** What was found to be the same in all circumstances: most of start-up. */
interface Fixed {
  readonly steps: Map<string, Steps>;
  readonly notices: Map<NoticeRule, readonly Notice[]>;
  /** What `knobsOf` gave. */
  knobs: ReadonlySet<string> | null;
}

const fixedOf = new WeakMap<Declared<Value>, Map<string, Fixed>>();

function fixedIn({ declared, version }: StartUp<Value>): Fixed {
  let byVersion = fixedOf.get(declared);
  if (!byVersion) fixedOf.set(declared, (byVersion = new Map<string, Fixed>()));
  let fixed = byVersion.get(version);
  if (!fixed) byVersion.set(version, (fixed = { steps: new Map(), notices: new Map(), knobs: null }));
  return fixed;
}

/** A start-up that notes whether it was asked for its circumstances. */
interface Watched extends StartUp<Value> {
  hasAsked: boolean;
}

function watch({ version, declared, processes, te }: StartUp<Value>): Watched {
  return {
    version,
    declared,
    constant,
    hasAsked: false,
    get processes() {
      this.hasAsked = true;
      return processes;
    },
    get te() {
      this.hasAsked = true;
      return te;
    },
  };
}

/** Reads a container; the work is done when a knob is asked for. */
export function readContainer(
  at: StartUp<Value>,
  { world, container }: { world: World; container: ObjectValue },
): Reading {
  const { declared } = at;
  const fixed = fixedIn(at);
  const watching = watch(at);
  const own = new Map<string, Steps>();
  const steps = (knob: string): Steps => {
    const known = own.get(knob) ?? fixed.steps.get(knob);
    if (known !== undefined) return known;
    const { section, field } = knobParts(knob);
    if (!section) return null;
    if (!maySet(at, section, field)) return declared.get(section, field) === null ? null : NO_STEPS;
    watching.hasAsked = false;
    const result = decideSteps(watching, world, { section, field });
    (watching.hasAsked ? own : fixed.steps).set(knob, result);
    return result;
  };
  const declaredValue = (knob: string) => {
    const { section, field } = knobParts(knob);
    return section ? declared.get(section, field) : null;
  };
  let notices: readonly Notice[] | null = null;
  return {
    knobs: withPlan((fixed.knobs ??= knobsOf(declared, container)), steps),
    declared: declaredValue,
    steps,
    resolved: (knob) => {
      const last = steps(knob)?.at(-1);
      if (last) return last;
      const value = declaredValue(knob) ?? container.fields.get(knob)?.value;
      return value ? { value, decidedBy: null, why: null } : null;
    },
    isFixed: (knob) => {
      const { section, field } = knobParts(knob);
      return section !== null && (fixed.steps.has(knob) || !maySet(at, section, field));
    },
    notices: () => (notices ??= noticesOf(watching, world)),
  };
}

/** What is certain is said under both answers. */
const IN_BOTH: Joining<readonly Notice[]> = {
  either: (_, then, otherwise) =>
    then.filter((one) => otherwise.some((other) => other.message === one.message)),
  settles: (one) => one.length === 0,
};

function noticesOf(at: Watched, world: World): readonly Notice[] {
  const answers = answersIn(world.decisions);
  const { notices } = fixedIn(at);
  return NOTICE_RULES.flatMap((rule) => {
    const known = notices.get(rule);
    if (known) return known;
    at.hasAsked = false;
    const found = decide(() => rule(at), answers, IN_BOTH) ?? [];
    if (!at.hasAsked) notices.set(rule, found);
    return found;
  });
}

const PLAN = "model.tp_comm_overlap_cfg";

/** The user buffers, which start-up adds to models that do not declare them. */
function withPlan(knobs: ReadonlySet<string>, steps: (knob: string) => Steps): ReadonlySet<string> {
  return knobs.has(PLAN) || steps(PLAN) === null ? knobs : new Set([...knobs, PLAN]);
}

const NO_STEPS: readonly Step<Value>[] = [];

/** The steps for one field; where they hang on something that cannot be known, their values are choices. */
function decideSteps(
  at: StartUp<Value>,
  world: World,
  { section, field }: { section: Section; field: string },
): readonly Step<Value>[] | null {
  const declared = at.declared.get(section, field);
  if (isOnlyCopied(section, field))
    return declared === null ? null : copySteps(at.declared, { section, field, value: declared });
  const found = decide(() => stepsOf(at, section, field), answersIn(world.decisions), {
    either: (condition, then, otherwise) =>
      joinSteps(
        { then, otherwise, declared: declared ?? ABSENT },
        (a, b) => chooseBetween(condition, a, b),
        condition,
      ),
  });
  if (found) return found.length === 0 && declared === null ? null : found;
  const value = unknown("depends on too many conditions", `start-up of ${section}.${field}`);
  return [{ value, decidedBy: "comm_overlap.setup", why: null }];
}

/** What a field holds before a step that may or may not add it. */
const ABSENT: Value = unknown("not declared by this model", "absent");

function chooseBetween(condition: string, then: Value, otherwise: Value): Value {
  return identity(then) === identity(otherwise) ? then : { kind: "choice", condition, then, otherwise };
}

function knobsOf(declared: Declared<Value>, container: ObjectValue): Set<string> {
  const knobs = new Set<string>();
  for (const [name, slot] of container.fields) {
    const section = SECTIONS.find((one) => one === name);
    if (!section) knobs.add(name);
    else if (slot.value.kind === "object")
      for (const field of slot.value.fields.keys()) knobs.add(knobName(section, field));
    else if (slot.value.kind === "dict")
      for (const entry of slot.value.entries.values()) knobs.add(knobName(section, keyOf(entry.key)));
  }
  for (const knob of TABLE_KNOBS) {
    const { section, field } = knobParts(knob);
    if (section && declared.get(section, field) !== null) knobs.add(knob);
  }
  const { precision } = declared;
  if (precision.kind === "unknown") return knobs;
  for (const section of ["model", "optimizer", "ddp"] as const) {
    for (const field of precision.names) {
      if (declared.get(section, field) === null) continue;
      if (precision.kind === "fields") precision.get(field); // Raises here, if at all.
      knobs.add(knobName(section, field));
    }
  }
  return knobs;
}

function keyOf(key: Value): string {
  return key.kind === "const" ? String(key.value) : printValue(key);
}
