import { edits as edit, isConstant, writes, type KnobSite, type Value } from "../../src/index.ts";
import {
  declaredConstant,
  effectiveValue,
  holdsWherever,
  runningConstant,
  type DeadKnob,
  type Effective,
} from "./dead-knob.ts";

const OFF: Value = { kind: "const", value: false };

/** `tp_comm_overlap=True` where there is one tensor-parallel rank: Bridge turns it off, with a warning on each start. */
export function overlapAtOneRank(site: KnobSite): DeadKnob | null {
  const { value } = site.site;
  if (!isField(site, "tp_comm_overlap") || value?.kind !== "Constant" || value.value !== true) return null;
  if (!holdsWherever(site, hasOneRank)) return null;
  const what = `${writes.shown(site)} has no effect: comm_overlap.setup() turns it off where the tensor-parallel size is 1, and warns of it on every start. False says what runs.`;
  return {
    rule: "overlap-at-one-rank",
    site,
    what,
    effective: OFF,
    decider: null,
    becomes: ({ text }) => edit.replaceExpression(text, value, "False"),
  };
}

/** User buffers where TP overlap is off: Transformer Engine never sees them. */
export function unusedPreset(site: KnobSite): DeadKnob | null {
  if (!isField(site, "tp_comm_overlap_cfg") || isLocalName(site)) return null;
  const effective = effectiveValue(site, "model.tp_comm_overlap_cfg");
  if (!effective || site.uses.some(({ write }) => isConstant(write.value, null))) return null;
  if (!holdsWherever(site, isOffForGood)) return null;
  const why = holdsWherever(site, hasOneRank) ? "the tensor-parallel size is 1" : "TP overlap is off";
  const what = `${writes.shown(site)} has no effect: user buffers are read only where TP overlap runs, and ${why}.`;
  const dead = { rule: "unused-preset", site, effective, decider: null };
  const { value } = site.site;
  if (!value || !hidesAnother(site)) return { ...dead, what, becomes: null };
  // Without the line the buffers that the recipe starts from would be back, waiting for somebody to turn overlap on.
  return {
    ...dead,
    what: `${what} None keeps those away that the recipe starts from.`,
    becomes: ({ text }) => edit.replaceExpression(text, value, "None"),
  };
}

/** Whether other user buffers would be there without the write. */
function hidesAnother({ uses }: KnobSite): boolean {
  return uses.some(({ write: { previous } }) => previous !== null && !isConstant(previous, null));
}

/** A limit on deferred embedding gradients where none are deferred. */
export function limitWithoutDeferral(site: KnobSite): DeadKnob | null {
  const effective = effectiveValue(site, "model.wgrad_deferral_limit");
  if (site.field !== "wgrad_deferral_limit" || !effective) return null;
  const isOff = (one: Effective) => runningConstant(one, "model.defer_embedding_wgrad_compute") === false;
  if (!holdsWherever(site, isOff)) return null;
  const what = `${writes.shown(site)} has no effect: Megatron-Core reads it only where defer_embedding_wgrad_compute is on.`;
  return { rule: "limit-without-deferral", site, what, effective, decider: null, becomes: null };
}

function isField({ section, field }: KnobSite, name: string): boolean {
  return section === "comm_overlap" && field === name;
}

function hasOneRank(effective: Effective): boolean {
  const size = runningConstant(effective, "model.tensor_model_parallel_size");
  return (size === 1 || size === null) && runningConstant(effective, "model.tp_comm_overlap") === false;
}

/** Off because nobody asks for it, or because there is nothing to overlap; not for want of what somebody may add. */
function isOffForGood(effective: Effective): boolean {
  if (runningConstant(effective, "model.tp_comm_overlap") !== false) return false;
  const asked = declaredConstant(effective, "comm_overlap.tp_comm_overlap");
  return asked === false || asked === null || hasOneRank(effective);
}

/** A variable of the function would be left behind without a reader. */
function isLocalName({ site }: KnobSite): boolean {
  return site.value?.kind === "Name" && site.func !== null && site.scope.vars.has(site.value.id);
}
