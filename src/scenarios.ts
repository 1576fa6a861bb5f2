import type { Json } from "./json.ts";
import type { KnobReport, ScenarioReport } from "./outcome.ts";
import type { ScenarioRequest } from "./policy.ts";
import type { Evaluation } from "./recipe/evaluate.ts";

/** GPUs that upstream names recipes after. */
const GPU = /(?:^|[_.])(a100|h100|h200|b200|b300|gb200|gb300|vr200|r100)(?=[_.]|$)/;

/** The circumstances to report a recipe under: DP 8 unless the request names world sizes. */
export function scenariosOf(
  { name }: Evaluation,
  knobs: Readonly<Record<string, KnobReport>>,
  request: ScenarioRequest,
): ScenarioReport[] {
  const size = modelSize(knobs);
  const gpu = request.gpu ?? GPU.exec(name)?.[1] ?? null;
  return worldSizes(name, size, request).map((worldSize) => ({
    worldSize,
    dp: worldSize === null || size === null || worldSize % size !== 0 ? null : worldSize / size,
    gpu,
    te: true,
  }));
}

function worldSizes(
  name: string,
  size: number | null,
  { worldSize }: ScenarioRequest,
): readonly (number | null)[] {
  if (Array.isArray(worldSize)) return worldSize as readonly number[];
  const automatic = size === null ? null : size * 8;
  if (worldSize !== "name") return [automatic];
  const named = Number(/_(\d+)gpu_/.exec(name)?.[1] ?? NaN);
  return [Number.isNaN(named) || (size !== null && named % size !== 0) ? automatic : named];
}

/** TP · PP · CP; null where one of them is unknown. */
function modelSize(knobs: Readonly<Record<string, KnobReport>>): number | null {
  const sizes = ["tensor_model", "pipeline_model", "context"].map((axis) => {
    return sizeOf(knobs[`model.${axis}_parallel_size`]?.declared);
  });
  return sizes.includes(null) ? null : sizes.reduce<number>((product, one) => product * (one ?? 1), 1);
}

function sizeOf(json: Json | undefined): number | null {
  if (json === null) return 1;
  return typeof json === "number" ? json : null;
}
