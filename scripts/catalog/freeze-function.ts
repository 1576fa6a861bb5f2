import { EVERYTHING, type Frozen, type FrozenFunction, type FrozenParam } from "../../src/bridge/catalog.ts";
import type { Session } from "../../src/recipe/machine.ts";
import type { FunctionValue } from "../../src/recipe/value.ts";
import { callWithUnknowns, type Outcome } from "./call-with-unknowns.ts";
import { jointPaths } from "./joint-paths.ts";
import { leaves } from "./leaves.ts";
import { keywordsOf } from "./keywords.ts";

/** What is needed to try a function: the classes are those that the catalog has. */
export interface Trial {
  readonly session: Session;
  readonly func: FunctionValue;
  readonly classes: ReadonlySet<string>;
}

/** A keyword that no function names. */
const NOBODYS = "bridgemod_probe";

/**
 * What a function returns for its defaults, and what each of its parameters changes in that: found by calling it
 * again with the parameter unknown. Null where even the defaults do not lead to one certain object.
 */
export function freezeFunction(trial: Trial): FrozenFunction | null {
  const { params: declared } = trial.func.def;
  const normal = declared.filter((param) => param.form === "normal");
  const required = new Set(normal.filter((param) => !param.default).map((param) => param.name));
  const base = callWithUnknowns(trial, required);
  const [result, ...more] = distinct(base ?? []);
  if (result === undefined || more.length > 0 || !holdsObject(result)) return null;
  const takesAll = declared.some((param) => param.form === "doubleStar");
  const names = [...normal.map((param) => param.name), ...(takesAll ? keywordsOf(trial, required) : [])];
  const changed = new Set<string>();
  const params = names.map((name): FrozenParam => {
    const outcomes = callWithUnknowns(trial, new Set([...required, name]));
    for (const outcome of outcomes ?? []) for (const one of outcome.changed) changed.add(one);
    const param = normal.find((one) => one.name === name);
    const without = required.has(name) ? null : result;
    return {
      name,
      ...(required.has(name) && { required: true }),
      ...((!param || param.keywordOnly) && { keywordOnly: true }),
      ...influence(name, { without, results: distinct(outcomes ?? []) }),
    };
  });
  const joint = jointPaths(trial, { names, result, params, changed });
  return {
    params: params.map((param) => (changed.has(param.name) ? { ...param, changed: true } : param)),
    ...(joint && { joint }),
    ...(takesAll && ignores(trial, required, result) && { ignoresOthers: true as const }),
    result,
  };
}

function ignores(trial: Trial, required: ReadonlySet<string>, result: Frozen): boolean {
  const outcomes = callWithUnknowns(trial, new Set([...required, NOBODYS])) ?? [];
  const same = outcomes.filter((one) => !one.raised && JSON.stringify(one.result) === JSON.stringify(result));
  return outcomes.length > 0 && same.length === outcomes.length;
}

function distinct(outcomes: readonly Outcome[]): Frozen[] {
  const results = outcomes.flatMap(({ result, raised }) => (raised ? [] : [result]));
  return [...new Map(results.map((one) => [JSON.stringify(one), one])).values()];
}

function holdsObject(frozen: Frozen): boolean {
  if (frozen === null || typeof frozen !== "object") return false;
  return "class" in frozen || ("tuple" in frozen && frozen.tuple.some(holdsObject));
}

function influence(
  name: string,
  { without, results }: { without: Frozen | null; results: readonly Frozen[] },
): Pick<FrozenParam, "sets" | "affects"> {
  if (results.length === 0) return { sets: [], affects: [EVERYTHING] };
  const tables = results.map((one) => leaves(one));
  const base = without === null ? null : leaves(without);
  const paths = [...new Set([...(base?.keys() ?? []), ...tables.flatMap((table) => [...table.keys()])])];
  const sets: string[] = [];
  const affects: string[] = [];
  for (const path of paths) {
    const values = tables.map((table) => table.get(path));
    const isArgument =
      values.length > 0 && values.every((value) => value === JSON.stringify({ unknown: `param:${name}` }));
    if (isArgument) sets.push(path);
    else if (
      values.some((value) => (base ? value !== base.get(path) : value?.includes(`param:${name}`) === true))
    )
      affects.push(path);
  }
  return { sets, affects };
}
