import { show, writes, type KnobSite, type Value } from "../../src/index.ts";

function list(sites: readonly { readonly site: KnobSite }[]): string {
  return sites.map(({ site }) => writes.shown(site)).join(", ");
}

/** Why writes have no effect: what start-up sets instead, and which line asked for it. */
function whyDead(dead: readonly writes.OverwrittenSite[]): string {
  const them = dead.length > 1 ? "them" : "it";
  const values = dead.map(({ site, judgement }) => {
    const from = judgement.decider ? ` (${writes.where(judgement.decider, site.site)})` : "";
    return `${show(judgement.effective)}${from}`;
  });
  const verb = dead.length > 1 ? "have" : "has";
  const distinct = new Set(values).size === 1 ? values.slice(0, 1) : values;
  return `${list(dead)} ${verb} no effect: mixed_precision.setup() overwrites ${them} with ${distinct.join(", ")}.`;
}

/** What a move of writes to mixed_precision does. */
export function moveMessage(
  dead: readonly writes.OverwrittenSite[],
  also: { readonly companions: readonly writes.OverwrittenSite[]; readonly earlier: readonly KnobSite[] },
): string {
  const parts = [
    whyDead(dead),
    `On mixed_precision, where Bridge reads ${dead.length > 1 ? "them" : "it"}, ${dead.length > 1 ? "they take" : "it takes"} effect.`,
    ...new Set(dead.map(consequence).filter((one) => one !== null)),
  ];
  if (also.companions.length > 0)
    parts.push(
      `${list(also.companions)} ${also.companions.length > 1 ? "go" : "goes"} along, so that the request stays in one place.`,
    );
  return [...parts, ...earlierMessage(also.earlier)].join(" ");
}

/** Says in words what the knob does, for those that people ask about. */
function consequence({ site, judgement }: writes.OverwrittenSite): string | null {
  const before = reductionIn(site, judgement.effective);
  if (site.field !== "grad_reduce_in_fp32" || before === null) return null;
  const { value } = site.site;
  const now = value?.kind === "Constant" && typeof value.value === "boolean" ? constant(value.value) : null;
  const written = now ?? site.uses.find((one) => one.isLast)?.write.value ?? null;
  const after = written ? reductionIn(site, written) : null;
  if (after === null) return `Gradient reduction, which ran in ${before}, is then decided by that value.`;
  return after === before
    ? null
    : `Gradient reduction now runs in ${after}, where it ran in ${before} before.`;
}

function constant(value: boolean): Value {
  return { kind: "const", value };
}

/** The dtype of gradient reduction: that of the parameters unless the knob asks for fp32. */
function reductionIn({ uses }: KnobSite, value: Value): string | null {
  const fp16 = uses.find((one) => one.isLast)?.effective.resolved("model.fp16")?.value;
  const low = fp16?.kind === "const" && fp16.value === true ? "fp16" : "bf16";
  return value.kind === "const" ? (value.value === true ? "fp32" : low) : null;
}

export function removalMessage(all: readonly writes.OverwrittenSite[], earlier: readonly KnobSite[]): string {
  const dead = all.filter(({ judgement }) => judgement.kind === "dead");
  const why = dead.length > 0 ? whyDead(dead) : repeats(all);
  return [
    `${why} Deleting ${all.length > 1 ? "them" : "it"} changes nothing that runs.`,
    ...earlierMessage(earlier),
  ].join(" ");
}

function repeats(all: readonly writes.OverwrittenSite[]): string {
  const deciders = [
    ...new Set(
      all.flatMap(({ site, judgement }) =>
        judgement.decider ? [writes.where(judgement.decider, site.site)] : [],
      ),
    ),
  ];
  const from = deciders.length > 0 ? ` (${deciders.join(", ")})` : "";
  return `${list(all)} ${all.length > 1 ? "repeat" : "repeats"} what mixed_precision.setup() sets${from}.`;
}

function earlierMessage(earlier: readonly KnobSite[]): string[] {
  if (earlier.length === 0) return [];
  const lines = earlier.map(({ site }) => writes.where(site, site)).join(", ");
  return [`The write on ${lines}, which a later one replaced, goes, too.`];
}

/** What is said of an overwritten write that the run may not touch. */
export function reportMessage(one: writes.OverwrittenSite): string {
  if (one.judgement.kind === "redundant") return `${repeats([one])} It can be deleted.`;
  return `${whyDead([one])} Write it on mixed_precision to make it count (--intent honor), or delete it (--intent preserve).`;
}

export function blockedMessage(site: KnobSite, why: string): string {
  const next = `Write mixed_precision.${site.field} instead, or delete this line.`;
  return `${writes.shown(site)} is left for you to decide: ${why}. ${next}`;
}

/** What is said of a write that stays on purpose; null where nothing needs saying. */
export function leftAloneMessage(site: KnobSite, judgement: writes.Judgement): string | null {
  if (judgement.kind === "live") return `${writes.shown(site)} takes effect as it is: ${judgement.why}.`;
  if (judgement.kind === "unset") {
    return `${writes.shown(site)} has no effect: mixed_precision.setup() sets ${show(judgement.effective)}. None asks for nothing, so it is not moved; \`--codemod remove-dead-knobs\` takes it away.`;
  }
  if (judgement.kind === "superseded")
    return `${writes.shown(site)} has no effect: the same knob is written again later in every recipe.`;
  return null;
}
