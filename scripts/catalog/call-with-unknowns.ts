import type { Frozen } from "../../src/bridge/catalog.ts";
import { PATHS, SECTIONS } from "../../src/bridge/names.ts";
import { freeze } from "../../src/recipe/frozen.ts";
import { DEFAULT_LIMITS } from "../../src/recipe/interpreter.ts";
import type { Limits, Machine } from "../../src/recipe/machine.ts";
import {
  identity,
  unknown,
  type ArgumentValue,
  type FunctionValue,
  type Value,
} from "../../src/recipe/value.ts";
import type { FunctionDef, Lambda } from "../../src/python/syntax.ts";
import { explore } from "../../src/recipe/worlds.ts";
import type { Trial } from "./freeze-function.ts";

/** One way that a call can go. */
export interface Outcome {
  /** The conditions that it met, in order. */
  readonly decisions: ReadonlyMap<string, boolean>;
  readonly raised: boolean;
  readonly result: Frozen;
  /** Parameters whose argument the function may have changed. */
  readonly changed: ReadonlySet<string>;
  readonly called: ReadonlySet<FunctionDef | Lambda>;
}

/** All ways that a call can go with some arguments unknown and the rest left out; null where they cannot be counted. */
export function callWithUnknowns(
  { session, func, classes }: Trial,
  unknowns: ReadonlySet<string>,
  limits: Limits = DEFAULT_LIMITS,
): Outcome[] | null {
  const changes = new Map<Machine, Set<string>>();
  const args = [...unknowns].map((name): ArgumentValue => ({
    name,
    value: unknown(`param:${name}`),
    site: null,
  }));
  const run = (m: Machine): Value => {
    changes.set(m, watchChanges(m, func));
    return m.call(func, args, { scope: func.path, shown: func.name });
  };
  const { worlds, incomplete } = explore(session, limits, run);
  if (incomplete !== null) return null;
  return worlds.map(({ decisions, result, machine }) => ({
    decisions,
    raised: result === null,
    result: result ? prune(freeze(result), classes) : null,
    changed: changes.get(machine) ?? new Set(),
    called: machine.called,
  }));
}

/** The parameters that a text speaks of: unknown arguments carry their name. */
export function paramsIn(text: string): string[] {
  return [...text.matchAll(/param:(\w+)/g)].map(([, name = ""]) => name);
}

/** Their helpers look into paths and blends in more ways than can be followed, and make no knob of them. */
const DATA_MODULES = /^megatron\.bridge\.(data|recipes\.utils\.dataset_utils)\b/;

/** Notes which unknown arguments the machine's code stores to, or hands to what cannot be followed. */
function watchChanges(m: Machine, tried: FunctionValue): Set<string> {
  const changed = new Set<string>();
  const before = { setAttribute: m.setAttribute.bind(m), call: m.call.bind(m) };
  const isRecipe = !DATA_MODULES.test(tried.module.name);
  m.setAttribute = (value, name, assigned, site) => {
    if (value.kind === "unknown") for (const one of paramsIn(value.key)) changed.add(one);
    before.setAttribute(value, name, assigned, site);
  };
  m.call = (func, args, place) => {
    if (isRecipe && func.kind === "function" && DATA_MODULES.test(func.module.name)) {
      const given = args.map((arg) => identity(arg.value)).join(", ");
      if (paramsIn(given).length > 0) return unknown(`${func.name}(${given})`, `${func.path}(${given})`);
    }
    const { unfollowed } = m;
    const result = before.call(func, args, place);
    const followed = func.kind === "function" || m.unfollowed === unfollowed;
    if (!followed) for (const { value } of [...args, { value: func }]) addHanded(value, changed);
    return result;
  };
  return changed;
}

function addHanded(value: Value, changed: Set<string>): void {
  if (value.kind === "unknown") for (const one of paramsIn(identity(value))) changed.add(one);
  if (value.kind === "method") addHanded(value.self, changed);
}

/** Beside the sections that hold knobs: what tells fine-tuning from pretraining. */
const KEPT = [...SECTIONS, "peft", "dataset"];

/** Of datasets it matters of which class they are. */
function nameAlone(frozen: Frozen): Frozen {
  if (frozen === null) return null;
  return { unknown: typeof frozen === "object" && "class" in frozen ? frozen.class : "a dataset" };
}

/** Keeps of a container the sections that hold knobs, and of other objects those whose class the catalog has. */
function prune(frozen: Frozen, classes: ReadonlySet<string>): Frozen {
  if (frozen === null || typeof frozen !== "object") return frozen;
  if ("tuple" in frozen) return { tuple: frozen.tuple.map((item) => prune(item, classes)) };
  if (!("class" in frozen)) return frozen;
  if (!classes.has(frozen.class) && frozen.class !== "bridgemod.CheckpointModel")
    return { unknown: frozen.class };
  const kept = frozen.class === PATHS.container ? new Set<string>(KEPT) : null;
  const fields = Object.entries(frozen.fields)
    .filter(([name]) => !kept || kept.has(name))
    .map(
      ([name, value]) =>
        [name, kept && name === "dataset" ? nameAlone(value) : prune(value, classes)] as const,
    );
  return { class: frozen.class, fields: Object.fromEntries(fields) };
}
