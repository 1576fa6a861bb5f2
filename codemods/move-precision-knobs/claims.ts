import { writes, type Claim, type KnobSite } from "../../src/index.ts";

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
  for (const site of sites) {
    const knobs = [site.field, ...more].flatMap(knobsOf);
    for (const claim of writes.claimsFor(site, knobs)) claims.set(`${claim.recipe} ${claim.knob}`, claim);
  }
  return [...claims.values()];
}

/** The knobs that a field of `mixed_precision` and its twin decide. */
export function knobsOf(field: string): string[] {
  const twin = TWINS[field];
  const fields = [field, ...(twin === undefined ? [] : [twin])];
  return fields.flatMap((name) => COPIED_TO.map((section) => `${section}.${name}`));
}
