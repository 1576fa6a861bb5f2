import type { Catalog, FrozenFunction } from "../../src/bridge/catalog.ts";
import type { Project } from "../../src/project.ts";
import { bridgeLibrary } from "../../src/recipe/bridge-library.ts";
import { catalogValues } from "../../src/recipe/catalog-values.ts";
import { freeze } from "../../src/recipe/frozen.ts";
import { DEFAULT_LIMITS, newMachine } from "../../src/recipe/interpreter.ts";
import type { Session } from "../../src/recipe/machine.ts";
import { moduleAttribute } from "../../src/recipe/names.ts";
import { constant, symbol, type ArgumentValue, type Value } from "../../src/recipe/value.ts";
import { explore } from "../../src/recipe/worlds.ts";
import { leaves } from "./leaves.ts";

/** What calling Bridge's functions through the catalog and through their source gave. */
export interface CallsCompared {
  calls: number;
  values: number;
  unknown: number;
  readonly wrong: string[];
}

const CALLS_PER_FUNCTION = 12;

const ARGUMENTS: readonly Value[] = [
  ...[true, false, null, 2, 8, 0.5, "bf16_mixed", "lora"].map(constant),
  symbol("torch.bfloat16"),
];

/** Calls every function that takes arguments with some at random, the same ones each time. */
export function compareCalls(catalog: Catalog, project: Project): CallsCompared {
  const library = bridgeLibrary(catalogValues(catalog));
  const sessionOver = (host: Session["host"]): Session => ({
    host,
    library,
    globals: new Map(),
    memos: new Map(),
  });
  const sessions = { source: sessionOver(project.host), catalog: sessionOver({ find: () => null }) };
  const compared: CallsCompared = { calls: 0, values: 0, unknown: 0, wrong: [] };
  const dice = diceOf(7);
  for (const [path, frozen] of Object.entries(catalog.functions)) {
    const func = functionAt(sessions.source, path);
    if (!func || frozen.params.length === 0) continue;
    for (let call = 0; call < CALLS_PER_FUNCTION; call += 1) {
      const args = argumentsFor(frozen, dice);
      const truth = resultOf(sessions.source, func, args);
      if (truth)
        compare({ path, args, truth, ours: resultOf(sessions.catalog, symbol(path), args) }, compared);
    }
  }
  return compared;
}

function functionAt(session: Session, path: string): Value | null {
  const dot = path.lastIndexOf(".");
  const module = session.host.find(path.slice(0, dot));
  return (
    module && moduleAttribute(newMachine(session, DEFAULT_LIMITS, new Map()), module, path.slice(dot + 1))
  );
}

/** Numbers below a bound, the same sequence for a seed. */
function diceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

function argumentsFor({ params }: FrozenFunction, dice: (below: number) => number): ArgumentValue[] {
  const args = new Map<string, Value>();
  for (const param of params) if (param.required) args.set(param.name, constant("a"));
  for (let count = 1 + dice(4); count > 0; count -= 1) {
    const param = params[dice(params.length)];
    const value = ARGUMENTS[dice(ARGUMENTS.length)];
    if (param && value) args.set(param.name, value);
  }
  return [...args].map(([name, value]) => ({ name, value, site: null }));
}

/** The leaves of the one result that a call can have; null where there are several, or none. */
function resultOf(session: Session, func: Value, args: readonly ArgumentValue[]): Map<string, string> | null {
  const run = explore(session, DEFAULT_LIMITS, (m) =>
    m.call(func, args, { scope: "compare", shown: "call()" }),
  );
  const [world, ...others] = run.worlds;
  return run.incomplete === null && others.length === 0 && world?.result
    ? leaves(freeze(world.result))
    : null;
}

interface Compared {
  readonly path: string;
  readonly args: readonly ArgumentValue[];
  readonly truth: Map<string, string>;
  readonly ours: Map<string, string> | null;
}

function compare({ path, args, truth, ours }: Compared, compared: CallsCompared): void {
  const shown = `${path}(${args.map(({ name, value }) => `${String(name)}=${JSON.stringify(freeze(value))}`).join(", ")})`;
  compared.calls += 1;
  if (!ours) {
    compared.wrong.push(`${shown}: raises by the catalog`);
    return;
  }
  for (const [leaf, value] of ours) {
    const expected = truth.get(leaf);
    if (value.includes('"unknown"')) compared.unknown += 1;
    else if (expected === value) compared.values += 1;
    else if (!expected?.includes('"unknown"'))
      compared.wrong.push(`${shown}: ${leaf} is ${expected ?? "not set"}, by the catalog ${value}`);
  }
}
