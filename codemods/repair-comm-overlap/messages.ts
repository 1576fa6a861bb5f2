import { show, writes, type Finding, type KnobSite } from "../../src/index.ts";
import type { Companion } from "./companions.ts";

/** A finding without a fix, at a site. */
export function finding(rule: string, { site }: KnobSite, message: string): Finding {
  return { rule, severity: "warning", span: { start: site.start, end: site.end }, message, fix: null };
}

function list(sites: readonly { readonly site: KnobSite }[]): string {
  return [...new Set(sites.map(({ site }) => writes.shown(site)))].join(", ");
}

/** Why writes have no effect: what start-up sets instead, and what made it do so. */
function whyDead(dead: readonly writes.OverwrittenSite[]): string {
  const results = dead.map(({ site, judgement }) => {
    const from = judgement.decider
      ? writes.where(judgement.decider, site.site)
      : site.uses.find((one) => one.isLast)?.effective.resolved(`${site.section}.${site.field}`)?.why;
    return `${show(judgement.effective)}${from ? ` (${from})` : ""}`;
  });
  const many = dead.length > 1;
  return `${list(dead)} ${many ? "have" : "has"} no effect: comm_overlap.setup() overwrites ${many ? "them" : "it"} with ${[...new Set(results)].join(", ")}.`;
}

export function moveMessage(dead: readonly writes.OverwrittenSite[], beside: readonly Companion[]): string {
  const them = dead.length > 1 ? "them" : "it";
  return [
    whyDead(dead),
    `On comm_overlap, where Bridge reads ${them}, ${dead.length > 1 ? "they take" : "it takes"} effect.`,
    ...beside.map(({ field, value, why }) => `comm_overlap.${field} = ${value} goes along: ${why}.`),
  ].join(" ");
}

export function removalMessage(dead: readonly writes.OverwrittenSite[]): string {
  return `${whyDead(dead)} Deleting ${dead.length > 1 ? "them" : "it"} changes nothing that runs.`;
}

export function reportMessage(one: writes.OverwrittenSite): string {
  return `${whyDead([one])} Write it on comm_overlap to make it count (--intent honor), or delete it (--intent preserve).`;
}

export function blockedMessage(site: KnobSite, why: string): string {
  return `${writes.shown(site)} is left for you to decide: ${why}.`;
}

export function idleMessage(site: KnobSite): string {
  return `${writes.shown(site)} is left alone: with this number of processes DP is 1, and there is nothing to overlap with.`;
}

/** `a_config and 2 more`. */
export function recipesText(names: readonly string[]): string {
  const [first = "", ...others] = new Set(names);
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

export function liveMessage(site: KnobSite, why: string): string {
  return `${writes.shown(site)} takes effect as it is: ${why}.`;
}
