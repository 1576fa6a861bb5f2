import type { Json } from "./json.ts";
import type { RecipeReview, ReviewEffect, ReviewReport } from "./outcome.ts";

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
export function changesIn({
  effects,
  otherwise = [],
}: RecipeReview): readonly { readonly knob: string; readonly expected: boolean }[] {
  return [...effects, ...otherwise];
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
