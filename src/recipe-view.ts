import type { Analysis } from "./analysis.ts";
import { effectiveOf, type Effective } from "./effects.ts";
import { scenariosOf } from "./scenarios.ts";

/** One recipe, in one of its ways, as it runs under the first scenario asked for. */
export interface RunningRecipe {
  readonly name: string;
  readonly effective: Effective;
}

const known = new WeakMap<Analysis, readonly RunningRecipe[]>();

/** Every recipe of the project in each of its ways, called with its defaults. */
export function runningRecipes(analysis: Analysis): readonly RunningRecipe[] {
  let all = known.get(analysis);
  if (!all) {
    all = analysis.recipes.flatMap((recipe) => {
      const [scenario] = scenariosOf(analysis, recipe);
      return scenario
        ? recipe.worlds.map((world) => ({ name: recipe.name, effective: effectiveOf(world, scenario) }))
        : [];
    });
    known.set(analysis, all);
  }
  return all;
}
