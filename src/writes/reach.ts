import type { Claim } from "../codemod.ts";
import type { KnobSite } from "../sites.ts";

/** The recipes that run through the sites, and the knobs that they write: what a fix says of itself. */
export function reachOf(sites: readonly KnobSite[]): { recipes: string[]; knobs: string[] } {
  return {
    recipes: recipesOf(sites),
    knobs: [...new Set(sites.map(({ section, field }) => `${section}.${field}`))],
  };
}

/** Claims that the knobs change in every recipe that runs through a site. */
export function claimsFor(site: KnobSite, knobs: readonly string[]): Claim[] {
  return recipesOf([site]).flatMap((recipe) => knobs.map((knob) => ({ recipe, knob })));
}

function recipesOf(sites: readonly KnobSite[]): string[] {
  return [...new Set(sites.flatMap(({ uses }) => uses.map((use) => use.recipe.name)))];
}

/** Whether two sites write the same knob. */
export function isSameKnob(a: KnobSite, b: KnobSite): boolean {
  return a.section === b.section && a.field === b.field;
}

/** Groups of what one function writes: fixes share what they have to do there. */
export function byFunction<T extends { readonly site: KnobSite }>(
  all: readonly T[],
): readonly (readonly T[])[] {
  const groups = new Map<unknown, T[]>();
  for (const one of all) {
    const { func } = one.site.site;
    groups.set(func, [...(groups.get(func) ?? []), one]);
  }
  return [...groups.values()];
}
