import type { Claim, KnobSite } from "../../src/index.ts";

/** Fields that `MixedPrecisionConfig` keeps equal. */
const TWINS: Readonly<Record<string, string>> = {
  fp8_param: "fp8_param_gather",
  fp8_param_gather: "fp8_param",
  fp4_param: "fp4_param_gather",
  fp4_param_gather: "fp4_param",
};

/** Start-up copies a field to every object that has it, so a moved write is meant for all of them. */
const COPIED_TO = ["model", "optimizer", "ddp"] as const;

/** What moving the sites means to change: each field and its twin, wherever it is copied to. */
export function claimsOf(sites: readonly KnobSite[], more: readonly string[]): Claim[] {
  const claims = new Map<string, Claim>();
  for (const { field, uses } of sites) {
    const twin = TWINS[field];
    const fields = [field, ...(twin === undefined ? [] : [twin]), ...more];
    const knobs = fields.flatMap((name) => COPIED_TO.map((section) => `${section}.${name}`));
    for (const recipe of new Set(uses.map((use) => use.recipe.name))) {
      for (const knob of knobs) claims.set(`${recipe} ${knob}`, { recipe, knob });
    }
  }
  return [...claims.values()];
}

/** The recipes that run through the sites, and the knobs that they write. */
export function reachOf(sites: readonly KnobSite[]): { recipes: string[]; knobs: string[] } {
  return {
    recipes: [...new Set(sites.flatMap(({ uses }) => uses.map((use) => use.recipe.name)))],
    knobs: [...new Set(sites.map(({ section, field }) => `${section}.${field}`))],
  };
}
