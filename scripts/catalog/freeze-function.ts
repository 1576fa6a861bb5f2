import type { Frozen, FrozenFunction, FrozenParam } from "../../src/bridge/catalog.ts";
import { PATHS, SECTIONS } from "../../src/bridge/names.ts";
import { freeze } from "../../src/recipe/frozen.ts";
import { DEFAULT_LIMITS } from "../../src/recipe/interpreter.ts";
import type { Machine, Session } from "../../src/recipe/machine.ts";
import { unknown, type ArgumentValue, type FunctionValue, type Value } from "../../src/recipe/value.ts";
import { explore } from "../../src/recipe/worlds.ts";

/**
 * What a function returns for its defaults, and what each of its parameters changes in that: found by calling it
 * again with the parameter unknown. Null where even the defaults do not lead to one certain object.
 */
export function freezeFunction(
  session: Session,
  func: FunctionValue,
  classes: ReadonlySet<string>,
): FrozenFunction | null {
  const call = (unknowns: ReadonlySet<string>) => outcomes(session, { func, unknowns, classes });
  const required = func.def.params.filter((param) => !param.default && param.form === "normal");
  const base = new Set(required.map((param) => param.name));
  const [result, ...more] = call(base) ?? [];
  if (result === undefined || more.length > 0 || !holdsObject(result)) return null;
  const params = func.def.params
    .filter((param) => param.form === "normal")
    .map((param): FrozenParam => {
      const results = call(new Set([...base, param.name])) ?? [];
      const without = base.has(param.name) ? null : result;
      return {
        name: param.name,
        ...(!param.default && { required: true }),
        ...influence(param.name, { without, results }),
      };
    });
  return { params, result };
}

function holdsObject(frozen: Frozen): boolean {
  if (frozen === null || typeof frozen !== "object") return false;
  return "class" in frozen || ("tuple" in frozen && frozen.tuple.some(holdsObject));
}

/** The distinct results over all ways that the call can go; null where they cannot be counted. */
function outcomes(
  session: Session,
  {
    func,
    unknowns,
    classes,
  }: { func: FunctionValue; unknowns: ReadonlySet<string>; classes: ReadonlySet<string> },
): Frozen[] | null {
  const run = (m: Machine): Value => {
    const args = func.def.params.flatMap((param): ArgumentValue[] =>
      unknowns.has(param.name)
        ? [{ name: param.name, value: unknown(`param:${param.name}`), site: null }]
        : [],
    );
    return m.call(func, args, { scope: func.path, shown: func.name });
  };
  const { worlds, incomplete } = explore(session, DEFAULT_LIMITS, run);
  if (incomplete !== null) return null;
  const results = worlds.flatMap((world) => (world.result ? [prune(freeze(world.result), classes)] : []));
  return [...new Map(results.map((one) => [JSON.stringify(one), one])).values()];
}

/** Keeps of a container the sections that hold knobs, and of other objects those whose class the catalog has. */
function prune(frozen: Frozen, classes: ReadonlySet<string>): Frozen {
  if (frozen === null || typeof frozen !== "object") return frozen;
  if ("tuple" in frozen) return { tuple: frozen.tuple.map((item) => prune(item, classes)) };
  if (!("class" in frozen)) return frozen;
  if (!classes.has(frozen.class) && frozen.class !== "bridgemod.CheckpointModel")
    return { unknown: frozen.class };
  const kept = frozen.class === PATHS.container ? new Set<string>(SECTIONS) : null;
  const fields = Object.entries(frozen.fields)
    .filter(([name]) => !kept || kept.has(name))
    .map(([name, value]) => [name, prune(value, classes)] as const);
  return { class: frozen.class, fields: Object.fromEntries(fields) };
}

function influence(
  name: string,
  { without, results }: { without: Frozen | null; results: readonly Frozen[] },
): Pick<FrozenParam, "sets" | "affects"> {
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

/** The printed leaves of a result by their path. */
function leaves(frozen: Frozen, prefix = ""): Map<string, string> {
  const at = (part: string) => (prefix === "" ? part : `${prefix}.${part}`);
  if (frozen !== null && typeof frozen === "object") {
    if ("class" in frozen) {
      return new Map(Object.entries(frozen.fields).flatMap(([name, value]) => [...leaves(value, at(name))]));
    }
    if ("tuple" in frozen) {
      return new Map(frozen.tuple.flatMap((value, index) => [...leaves(value, at(String(index)))]));
    }
  }
  return new Map([[prefix, JSON.stringify(frozen)]]);
}
