import { show, type KnobSite } from "../../src/index.ts";
import type { Judgement } from "./judge.ts";

/** `ddp.grad_reduce_in_fp32 = False`, as the source has it. */
function written({ section, field, site }: KnobSite): string {
  const value = site.value
    ? site.module.text.slice(site.value.start, site.value.end).replace(/\s+/g, " ")
    : "…";
  return `${section}.${field} = ${value}`;
}

export function deadMessage(
  { site, judgement }: { site: KnobSite; judgement: Judgement },
  intent: "honor" | "report",
): string {
  const runs = judgement.kind === "dead" ? show(judgement.effective) : "another value";
  const why = `${written(site)} never takes effect: mixed_precision.setup() overwrites it with ${runs}.`;
  const next =
    "Move it to mixed_precision to make it count (--intent honor), or delete it (--intent preserve).";
  return intent === "honor" ? `${why} Moved to mixed_precision, where Bridge reads it.` : `${why} ${next}`;
}

export function redundantMessage(sites: readonly KnobSite[]): string {
  const all = sites.map(written).join(", ");
  return `${all}: mixed_precision.setup() decides ${sites.length > 1 ? "these knobs" : "this knob"}, whatever is written here.`;
}

export function blockedMessage(site: KnobSite, why: string): string {
  const next = `Write mixed_precision.${site.field} instead, or delete this line.`;
  return `${written(site)} is left for you to decide: ${why}. ${next}`;
}

/** What is said of a write that stays on purpose; null where nothing needs saying. */
export function leftAloneMessage(site: KnobSite, judgement: Judgement): string | null {
  if (judgement.kind === "live") {
    return `${written(site)} takes effect as it is: mixed_precision is None here, so nothing overwrites it.`;
  }
  if (judgement.kind === "unset") {
    const runs = judgement.effective ? show(judgement.effective) : "its own value";
    return `${written(site)} has no effect: mixed_precision.setup() sets ${runs}. \`--codemod remove-dead-knobs\` takes it away.`;
  }
  if (judgement.kind === "superseded")
    return `${written(site)} is written again later in every recipe; the last one counts.`;
  return null;
}
