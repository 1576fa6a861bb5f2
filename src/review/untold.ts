import type { SkippedFile } from "../outcome.ts";
import { isRecipe } from "../recipe/evaluate.ts";
import { unexplained } from "../unexplained.ts";
import type { Both } from "./sides.ts";

/** A recipe of which something can be told with one side's Bridge alone. */
export interface UntoldRecipe {
  readonly recipe: string;
  readonly skip: SkippedFile;
}

/** Recipes that build on what the other side's Bridge lacks: there nothing can be told of what they return. */
export function untoldRecipes(
  { before, after, shift }: Both,
  isBroken: (path: string) => boolean,
): UntoldRecipe[] {
  if (shift === null) return [];
  return [
    [before, after],
    [after, before],
  ].flatMap(([one, other]) => {
    if (!one || !other) return [];
    return one.recipes.flatMap(({ name, candidate: { module } }): UntoldRecipe[] => {
      const there = other.candidates.get(name);
      if (!there || isRecipe(there) || other.raising.has(name) || isBroken(module.path)) return [];
      const reason = unexplained(there)?.reason ?? "what it returns cannot be told";
      const version = `with Bridge ${other.catalog.version}`;
      return [
        { recipe: name, skip: { file: module.path, reason: `${name} cannot be told ${version}: ${reason}` } },
      ];
    });
  });
}
