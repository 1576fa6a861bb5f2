import type { Digest, DigestEffect, DigestRecipe } from "./digest.ts";
import { grouped } from "./grouped.ts";
import { codeSpan, plainMarkdown } from "./markdown-text.ts";
import { plural } from "./plural.ts";

/** What another Bridge changes by itself: each change once, below all recipes that have it; empty without one. */
export function shiftSection(
  { shift, recipes }: Digest,
  list: (entries: readonly string[], noun: string) => string,
): string {
  if (shift === null || shift.isInDiff) return "";
  const changes = recipes.flatMap((recipe) =>
    recipe.effects.filter(({ cause }) => cause !== null).map((effect) => ({ recipe, effect })),
  );
  const alike = grouped(changes, ({ effect }) => effect);
  const bySet = grouped(alike, (same) => same.map(({ recipe }) => recipe.name));
  const blocks = bySet
    .toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))
    .map((sets) => {
      const owners = (sets[0] ?? []).map(({ recipe }) => recipeText(recipe));
      const effects = sets.flatMap((same) => same.slice(0, 1)).map(({ effect }) => effectText(effect));
      return `**In ${plural(owners.length, "recipe")}**\n\n${list(owners, "recipe")}\n\nchanges:\n\n${list(effects, "knob")}`;
    });
  const { length } = shift.bareFields;
  const bare = `${plural(length, "field")} that only one of the versions has ${length === 1 ? "holds its default" : "hold their defaults"}.`;
  const title = `### What ${plainMarkdown(shift.label)} changes by itself`;
  const told = blocks.length === 0 ? ["Nothing in what runs."] : blocks;
  return [title, ...told, ...(length > 0 ? [bare] : [])].join("\n\n");
}

function recipeText({ name, file, line }: DigestRecipe): string {
  return file === null ? codeSpan(name) : `${codeSpan(name)}, ${plainMarkdown(`${file}:${line ?? 1}`)}`;
}

function effectText({ knob, before, after, scenario, decidedBy }: DigestEffect): string {
  const where = scenario === null ? "" : ` (${plainMarkdown(scenario)})`;
  const by = decidedBy === null || decidedBy === "default" ? "" : `, decided by ${codeSpan(decidedBy)}`;
  return `${codeSpan(knob)}: ${codeSpan(before)} → ${codeSpan(after)}${where}${by}`;
}
