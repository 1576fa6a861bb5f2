import type { Json } from "./json.ts";
import type { RecipeReview, ReviewEffect, ReviewFinding, ReviewOtherwise, ReviewReport } from "./outcome.ts";

/** Whether an effect is that the recipe raises where it ran before. */
export function stops({ before, after }: ReviewEffect): boolean {
  return raises(after) && !raises(before);
}

/** Whether an effect is that the recipe runs where it raised before. */
export function starts({ before, after }: ReviewEffect): boolean {
  return raises(before) && !raises(after);
}

function raises(value: Json): boolean {
  return typeof value === "object" && value !== null && "raises" in value;
}

/** Everything that a recipe runs differently, for callers with other arguments, too. */
export function changesIn({ effects, otherwise = [] }: RecipeReview): readonly ReviewOtherwise[] {
  return [...effects, ...otherwise];
}

/** Whether something changes that neither the diff of the recipe's own file nor another Bridge explains. */
export function isSurprise({ expected, cause }: Pick<ReviewOtherwise, "expected" | "cause">): boolean {
  return !expected && cause === undefined;
}

/** Whether another Bridge by itself changes what a recipe runs or what is found in it; perhaps, where a value is open. */
export function isCaused(recipe: RecipeReview): boolean {
  const { findings } = recipe;
  return [...changesIn(recipe), ...findings.new, ...findings.gone].some(({ cause }) => cause !== undefined);
}

/** The same, for certain. */
export function isSurelyCaused(recipe: RecipeReview): boolean {
  return isCaused({ ...recipe, effects: recipe.effects.filter((effect) => !isOpen(effect)) });
}

/** Whether a value is unknown on one side for another Bridge's sake alone, so that it may be the same on both. */
export function isOpen({ before, after, cause }: ReviewEffect): boolean {
  return cause !== undefined && (isUnknown(before) || isUnknown(after));
}

function isUnknown(value: Json): boolean {
  return typeof value === "object" && value !== null && "unknown" in value;
}

/** Whether a finding is about an import of what Bridge has not. */
export function isImportFinding({ codemod, rule }: Pick<ReviewFinding, "codemod" | "rule">): boolean {
  return codemod === "bridge" && rule.startsWith("import-");
}

/** The findings that a change brings or takes away, each once: an import may be reported with several recipes. */
export function findingsIn(recipes: readonly RecipeReview[], which: "new" | "gone"): ReviewFinding[] {
  return [...new Set(recipes.flatMap(({ findings }) => findings[which]))];
}

/** Whether the code that leads to a recipe changed, and nothing that it runs. */
export function isTidied({ status, findings }: RecipeReview): boolean {
  return status === "unchanged" && findings.new.length === 0;
}

/** What `--fail-on` may name: kinds of consequences of a change. */
export type Consequence = "activated" | "requested" | "new-findings" | "any";

/**
 * Whether a change has a consequence. `requested`: something runs differently as a changed line of the recipe's own
 * file asks. `activated`: something runs differently that no such line asks for. `any`: anything but tidying.
 */
export function hasConsequence({ recipes }: ReviewReport, consequence: Consequence): boolean {
  switch (consequence) {
    case "activated":
      return recipes.some((recipe) => changesIn(recipe).some(({ expected }) => !expected));
    case "requested":
      return recipes.some((recipe) => changesIn(recipe).some(({ expected }) => expected));
    case "new-findings":
      return recipes.some(({ findings }) => findings.new.length > 0);
    case "any":
      return recipes.some((recipe) => !isTidied(recipe) || changesIn(recipe).length > 0);
  }
}
