import { show, writes, type KnobSite, type Value } from "../../src/index.ts";
import { declaredConstant, holdsWherever, type DeadKnob, type Effective } from "./dead-knob.ts";

type Overwriter = "mixed_precision" | "comm_overlap";

/** A knob's unset value where start-up sets another: None asks for nothing. */
export function unsetKnob(site: KnobSite): DeadKnob | null {
  for (const by of ["mixed_precision", "comm_overlap"] as const) {
    if (!isCertain(site, by)) continue;
    const judgement = writes.judge(site, by);
    if (judgement.kind !== "unset") continue;
    const { effective } = judgement;
    const what = `${writes.shown(site)} has no effect: None asks for nothing, and ${by}.setup() sets ${show(effective)}.`;
    return { rule: "unset-knob", site, what, effective, decider: null, becomes: null };
  }
  return null;
}

/** A knob of overlap that says on ddp, optimizer or model what `comm_overlap.setup` sets by itself. */
export function repeatedOverlapKnob(site: KnobSite): DeadKnob | null {
  if (!isCertain(site, "comm_overlap")) return null;
  const judgement = writes.judge(site, "comm_overlap");
  if (judgement.kind !== "redundant") return null;
  const { effective, decider } = judgement;
  const why = decider ? writes.where(decider, site.site) : reason(site);
  const what = `${writes.shown(site)} repeats what comm_overlap.setup() sets${why === null ? "" : ` (${why})`}.`;
  return { rule: "repeated-overlap-knob", site, what, effective, decider, becomes: null };
}

function reason({ section, field, uses }: KnobSite): string | null {
  const use = uses.find(({ isLast }) => isLast);
  return use?.effective.resolved(`${section}.${field}`)?.why ?? null;
}

/** Whether a section's setup overwrites the knob wherever a recipe keeps the write, and with what is known. */
function isCertain(site: KnobSite, by: Overwriter): boolean {
  const knob = `${site.section}.${site.field}`;
  return holdsWherever(site, (effective) => {
    const step = effective.steps(knob)?.find(({ decidedBy }) => decidedBy === `${by}.setup`);
    return (
      step !== undefined && isKnown(step.value) && (by === "mixed_precision" || isReached(site, effective))
    );
  });
}

function isKnown(value: Value): boolean {
  return value.kind !== "unknown" && value.kind !== "choice";
}

/** `comm_overlap.setup` comes to the optimizer and DDP only where DDP shards the optimizer. */
function isReached({ section }: KnobSite, effective: Effective): boolean {
  return section === "model" || declaredConstant(effective, "ddp.use_distributed_optimizer") === true;
}
