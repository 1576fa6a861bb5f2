import type { RecipeReview, ReviewEffect, ReviewOtherwise, ReviewReport, ShiftReport } from "../outcome.ts";
import { changesIn, isOpen, stops } from "../review-judgements.ts";
import { grouped } from "./grouped.ts";
import { plural } from "./plural.ts";
import { changeLines, type ReviewTableOptions } from "./review-table.ts";

/** As many recipes that change alike are named; more are counted. */
const MOST_NAMED = 5;

/**
 * What another Bridge changes by itself: each change once, below all recipes that have it. One version moves the same
 * few knobs of many recipes, so that a table for every recipe would repeat itself.
 */
export function shiftBlocks(
  { shift, recipes }: ReviewReport,
  title: (recipe: RecipeReview) => string,
  options: ReviewTableOptions,
): string[] {
  if (!shift) return [];
  const shared = sharedChanges(recipes);
  const blocks = shared.map(({ owners, effects, otherwise }) => {
    const open = options.verbose ? [] : effects.filter(isOpen);
    const told = effects.filter((effect) => !open.includes(effect));
    const alike = owners.map((recipe) => ({ ...recipe, effects: told, otherwise }));
    const lines = [...changeLines(alike, options), ...openLines(open)];
    return `${titlesOf(owners, shift, { title, ...options })}${lines.join("\n")}\n`;
  });
  const bare = bareLine(shift, options);
  if (blocks.length === 0) return bare === "" ? [] : [bare];
  const [first = "", ...others] = blocks;
  const heading = options.palette.bold(`What ${shift.label} changes by itself`);
  return [`${heading}\n\n${first}`, ...others, ...(bare === "" ? [] : [bare])];
}

/** The recipes as the diff alone changes them. */
export function withoutShift(recipes: readonly RecipeReview[]): readonly RecipeReview[] {
  const isOfDiff = ({ cause }: { readonly cause?: string }) => cause === undefined;
  return recipes.map((recipe) => {
    if (changesIn(recipe).every(isOfDiff)) return recipe;
    const { otherwise = [], ...rest } = recipe;
    const kept = otherwise.filter(isOfDiff);
    return {
      ...rest,
      effects: recipe.effects.filter(isOfDiff),
      ...(kept.length > 0 && { otherwise: kept }),
    };
  });
}

function openLines(open: readonly ReviewEffect[]): string[] {
  if (open.length === 0) return [];
  const knobs = [...new Set(open.map(({ knob }) => knob))];
  const rest = knobs.length - MOST_NAMED;
  const named =
    rest <= 1 ? knobs.join(", ") : `${knobs.slice(0, MOST_NAMED).join(", ")} and ${rest} more knobs`;
  return [`     unknown on one side, so perhaps the same: ${named}; --verbose says more`];
}

interface SharedChanges {
  readonly owners: readonly RecipeReview[];
  readonly effects: readonly ReviewEffect[];
  readonly otherwise: readonly ReviewOtherwise[];
}

interface Change {
  readonly recipe: RecipeReview;
  readonly effect: ReviewEffect | null;
  readonly otherwise: ReviewOtherwise | null;
}

/** Changes by the set of recipes that share them, those of most recipes first. */
function sharedChanges(recipes: readonly RecipeReview[]): SharedChanges[] {
  const changes = recipes.flatMap(changesOf);
  const alike = grouped(changes, ({ effect, otherwise }) => [effect, otherwise]);
  const bySet = grouped(alike, (same) => same.map(({ recipe }) => recipe.recipe));
  const shared = bySet.map((sets): SharedChanges => {
    const firsts = sets.flatMap((same) => same.slice(0, 1));
    return {
      owners: (sets[0] ?? []).map(({ recipe }) => recipe),
      effects: firsts.flatMap(({ effect }) => effect ?? []),
      otherwise: firsts.flatMap(({ otherwise }) => otherwise ?? []),
    };
  });
  return shared.toSorted((a, b) => b.owners.length - a.owners.length);
}

/** What a recipe has from another Bridge; where it no longer runs for it, that alone. */
function changesOf(recipe: RecipeReview): Change[] {
  const effects = recipe.effects.filter(({ cause }) => cause !== undefined);
  const stop = effects.find(stops);
  if (stop) return [{ recipe, effect: { ...stop, knob: "", before: null }, otherwise: null }];
  const others = (recipe.otherwise ?? []).filter(({ cause }) => cause !== undefined);
  return [
    ...effects.map((effect) => ({ recipe, effect, otherwise: null })),
    ...others.map((otherwise) => ({ recipe, effect: null, otherwise })),
  ];
}

interface TitleOptions extends ReviewTableOptions {
  readonly title: (recipe: RecipeReview) => string;
}

function titlesOf(
  owners: readonly RecipeReview[],
  { recipes }: ShiftReport,
  { title, palette, verbose }: TitleOptions,
): string {
  const rest = owners.length - MOST_NAMED;
  if (verbose || rest <= 1) return owners.map((one) => `${title(one)}\n`).join("");
  if (owners.length === recipes) return `${palette.bold(`all ${recipes} recipes`)}\n`;
  const named = owners.slice(0, MOST_NAMED).map((one) => `${title(one)}\n`);
  return `${named.join("")}and ${rest} more recipes; --verbose names them\n`;
}

function bareLine({ bareFields }: ShiftReport, { palette, verbose }: ReviewTableOptions): string {
  const count = bareFields.length;
  if (count === 0) return "";
  const holds = count === 1 ? "holds its default" : "hold their defaults";
  const names = verbose ? `: ${bareFields.join(", ")}` : "; --verbose names them";
  return palette.dim(`${plural(count, "field")} that only one of the versions has ${holds}${names}\n`);
}
