import type { Analysis } from "./analysis.ts";
import type { Circumstances, Processes } from "./bridge/start-up.ts";
import type { ScenarioReport } from "./outcome.ts";
import type { ScenarioRequest } from "./policy.ts";
import { declaredOf } from "./recipe/declared.ts";
import { containerOf, type Evaluation } from "./recipe/evaluate.ts";
import type { Value } from "./recipe/value.ts";

/** GPUs that upstream names recipes after. */
const GPU = /(?:^|[_.])(a100|h100|h200|b200|b300|gb200|gb300|vr200|r100)(?=[_.]|$)/;

/** One set of circumstances that a recipe is looked at under. */
export interface Scenario extends Circumstances {
  readonly report: ScenarioReport;
}

/** What a run looks at recipes with. */
type Request = Pick<Analysis, "catalog" | "scenarios">;

const cache = new WeakMap<Request, Map<string, readonly Scenario[]>>();

/** The circumstances that the run asks for, for one recipe; the first is the one that reports speak of. */
export function scenariosOf(analysis: Request, recipe: Evaluation): readonly Scenario[] {
  let byName = cache.get(analysis);
  if (!byName) cache.set(analysis, (byName = new Map<string, readonly Scenario[]>()));
  let known = byName.get(recipe.name);
  if (!known) byName.set(recipe.name, (known = makeScenarios(analysis, recipe)));
  return known;
}

function makeScenarios({ catalog, scenarios: request }: Request, recipe: Evaluation): Scenario[] {
  const size = modelSize(recipe);
  const gpu = request.gpu ?? gpuOf(recipe.name);
  return processesOf(recipe.name, size, request).map((processes) => ({
    version: catalog.version,
    processes,
    te: request.te,
    report: { ...countsOf(processes, size), gpu, te: request.te },
  }));
}

/** The GPU that a recipe's name, or its module's path, tells. */
export function gpuOf(name: string): string | null {
  return GPU.exec(name)?.[1] ?? null;
}

function countsOf(
  processes: Processes,
  size: number | null,
): { worldSize: number | null; dp: number | null } {
  if ("dp" in processes) return { dp: processes.dp, worldSize: size === null ? null : size * processes.dp };
  const { worldSize } = processes;
  return { worldSize, dp: size === null || worldSize % size !== 0 ? null : worldSize / size };
}

function processesOf(name: string, size: number | null, { worldSize }: ScenarioRequest): Processes[] {
  if (worldSize === null) return [{ dp: 8 }, { dp: 1 }];
  if (worldSize === "auto") return [{ dp: 8 }];
  if (worldSize !== "name")
    return worldSize.map((one) => (typeof one === "number" ? { worldSize: one } : one));
  const named = Number(/_(\d+)gpu_/.exec(name)?.[1] ?? Number.NaN);
  const fits = !Number.isNaN(named) && (size === null || named % size === 0);
  return [fits ? { worldSize: named } : { dp: 8 }];
}

/** TP · PP · CP where all ways of the recipe agree on it; null where one of them is unknown. */
function modelSize({ worlds }: Evaluation): number | null {
  const sizes = new Set(
    worlds.flatMap((world) => {
      const container = containerOf(world);
      return container ? [sizeOf((field) => declaredOf(world, container).get("model", field))] : [];
    }),
  );
  const [size = null] = sizes;
  return sizes.size === 1 ? size : null;
}

function sizeOf(get: (field: string) => Value | null): number | null {
  const sizes = ["tensor_model", "pipeline_model", "context"].map((axis) => {
    const value = get(`${axis}_parallel_size`);
    if (value === null || (value.kind === "const" && value.value === null)) return 1;
    return value.kind === "const" && typeof value.value === "number" ? value.value : Number.NaN;
  });
  const product = sizes.reduce((all, one) => all * one, 1);
  return Number.isNaN(product) ? null : product;
}
