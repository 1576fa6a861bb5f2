import type { ExplainReport, RecipeReport } from "../outcome.ts";

type Bridge = ExplainReport["bridge"];
/** What stands behind the recipes: what is not among them, and why. */
export type ExplainRest = Pick<ExplainReport, "skipped" | "unexplained">;

/** A report of `explain` in the making: it holds no recipe longer than it takes to write about it. */
export interface ExplainWriter {
  start(bridge: Bridge): string;
  /** One recipe under every scenario that was asked for. */
  recipe(variants: readonly RecipeReport[]): string;
  end(rest: ExplainRest): string;
}

/** A report that is there as a whole. */
export function writeExplain({ bridge, recipes, ...rest }: ExplainReport, writer: ExplainWriter): string {
  const start = writer.start(bridge);
  const middle = byRecipe(recipes).map((variants) => writer.recipe(variants));
  return [start, ...middle, writer.end(rest)].join("");
}

function byRecipe(recipes: readonly RecipeReport[]): readonly RecipeReport[][] {
  const groups = new Map<string, RecipeReport[]>();
  for (const recipe of recipes) {
    const key = `${recipe.file}::${recipe.function}`;
    const group = groups.get(key);
    if (group) group.push(recipe);
    else groups.set(key, [recipe]);
  }
  return [...groups.values()];
}
