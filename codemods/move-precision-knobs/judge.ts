import { identity, isConstant, type KnobSite, type KnobUse, type Value } from "../../src/index.ts";

/** What a write to a precision knob comes to. */
export type Judgement =
  | { readonly kind: "live" | "unset" | "superseded"; readonly effective: Value | null }
  | { readonly kind: "redundant" | "dead"; readonly effective: Value }
  | { readonly kind: "blocked"; readonly why: string; readonly preservable: boolean };

/** Judges a site over every recipe that runs through it. */
export function judge(site: KnobSite): Judgement {
  const judged = site.uses.map((use) => ({ use, judgement: judgeUse(site, use) }));
  const blocked = judged.find(({ judgement }) => judgement.kind === "blocked");
  if (blocked) return blocked.judgement;
  const counted = judged.filter(({ judgement }) => judgement.kind !== "superseded");
  const live = counted.find(({ judgement }) => judgement.kind === "live");
  const overwritten = counted.find(({ judgement }) => judgement.kind !== "live");
  if (live && overwritten) return disagreement(live.use, overwritten.use);
  const order = ["dead", "redundant", "unset", "live", "superseded"] as const;
  for (const kind of order) {
    const found = judged.find(({ judgement }) => judgement.kind === kind);
    if (found) return found.judgement;
  }
  return { kind: "live", effective: null };
}

function disagreement(live: KnobUse, overwritten: KnobUse): Judgement {
  const names = live.recipe === overwritten.recipe ? "in some ways" : `in ${live.recipe.name}`;
  const others = live.recipe === overwritten.recipe ? "in others" : `in ${overwritten.recipe.name}`;
  const why = `it takes effect ${names}, where mixed_precision may be None, and is overwritten ${others}`;
  return { kind: "blocked", why, preservable: false };
}

function judgeUse(site: KnobSite, use: KnobUse): Judgement {
  const { effective, write } = use;
  if (!use.isLast) return { kind: "superseded", effective: null };
  if (effective.raises !== null) {
    return {
      kind: "blocked",
      why: `${use.recipe.name} raises today: ${effective.raises}`,
      preservable: false,
    };
  }
  const resolved = effective.resolved(`${site.section}.${site.field}`);
  if (!resolved || resolved.decidedBy === null) return { kind: "live", effective: resolved?.value ?? null };
  if (identity(resolved.value) === identity(write.value))
    return { kind: "redundant", effective: resolved.value };
  if (isConstant(write.value, null)) return { kind: "unset", effective: resolved.value };
  const rival = rivalInSameFunction(site, use);
  if (!rival) return { kind: "dead", effective: resolved.value };
  const why = `this function also sets mixed_precision.${site.field} (line ${rival}), and nobody can know which of the two is meant`;
  return { kind: "blocked", why, preservable: true };
}

/** The line on which the same function writes the knob on mixed_precision itself; null if it does not. */
function rivalInSameFunction(site: KnobSite, { effective, container, write }: KnobUse): number | null {
  const precision = container.fields.get("mixed_precision")?.value;
  const rival = effective.world.writes.findLast(
    (one) => one.object === precision && one.field === site.field && one.site.func === write.site.func,
  );
  return rival ? lineOf(rival.site.module.text, rival.site.start) : null;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
