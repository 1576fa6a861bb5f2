import type { Analysis } from "./analysis.ts";
import { effectiveOf, type Effective } from "./effects.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import type { ObjectValue } from "./recipe/value.ts";
import { scenariosOf } from "./scenarios.ts";

export { isAtLeast } from "./bridge/versions.ts";

/** One of the ways that a recipe can go, to the container that it ends with. */
export interface Way {
  readonly recipe: Evaluation;
  readonly container: ObjectValue;
  /** What runs under the first of the scenarios asked for. */
  readonly effective: Effective;
  /** What runs under each of them. */
  readonly effectives: readonly Effective[];
  /** The kind of GPU, where the run or a name tells. */
  readonly gpu: string | null;
  /** The version of Bridge. */
  readonly version: string;
  /** Whether Transformer Engine is there. */
  readonly te: boolean;
}

const known = new WeakMap<Evaluation, readonly Way[]>();

/** The ways of a recipe when it is called with defaults; those that end without a container are left out. */
export function waysOf(analysis: Analysis, recipe: Evaluation): readonly Way[] {
  let ways = known.get(recipe);
  if (!ways) known.set(recipe, (ways = readWays(analysis, recipe)));
  return ways;
}

function readWays(analysis: Analysis, recipe: Evaluation): readonly Way[] {
  const scenarios = scenariosOf(analysis, recipe);
  return recipe.worlds.flatMap((world) => {
    const effectives = scenarios.map((scenario) => effectiveOf(world, scenario));
    const [effective] = effectives;
    const container = effective?.container;
    if (!effective || !container) return [];
    const { gpu = null, te = true } = scenarios[0]?.report ?? {};
    return [{ recipe, container, effective, effectives, gpu, te, version: analysis.catalog.version }];
  });
}
