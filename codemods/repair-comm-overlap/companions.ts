import { isConstant, type KnobUse, type writes } from "../../src/index.ts";
import { isOn, isOwn } from "./reading.ts";

/** What upstream's recipes use; GPT-3 175B has 50. */
export const DEFERRAL_LIMIT = 22;

/** A field that goes along with a moved one, and why. */
export interface Companion {
  readonly field: string;
  readonly value: string;
  readonly why: string;
}

/** What has to go along with a moved write, as `field = value`. */
export function besideMoved(place: writes.Place, moved: readonly writes.Place[]): readonly string[] {
  return companionsOf(place, moved).map(({ field, value }) => `${field} = ${value}`);
}

/** What goes along with any of the moved writes, each field once. */
export function fieldsBeside(moved: readonly writes.Place[]): readonly Companion[] {
  const all = moved.flatMap((place) => companionsOf(place, moved));
  return [...new Map(all.map((one) => [one.field, one])).values()];
}

function companionsOf({ site }: writes.Place, moved: readonly writes.Place[]): readonly Companion[] {
  const goes = (field: string) => moved.some((place) => place.site.field === field);
  const use = site.uses.find((one) => one.isLast);
  if (!use) return [];
  if (site.field === "defer_embedding_wgrad_compute" && !goes("wgrad_deferral_limit"))
    return isConstant(use.write.value, false) || hasLimit(use) ? [] : [LIMIT];
  if (site.field === "overlap_grad_reduce" && !goes("overlap_param_gather") && gathersAlone(use))
    return [GATHER];
  return [];
}

const LIMIT: Companion = {
  field: "wgrad_deferral_limit",
  value: String(DEFERRAL_LIMIT),
  why: `without a limit Megatron-Core ends the run, and ${DEFERRAL_LIMIT} is what upstream's recipes use`,
};

const GATHER: Companion = {
  field: "overlap_param_gather",
  value: "False",
  why: "Megatron-LM refuses to overlap gathering where reduction does not overlap",
};

export function hasLimit({ effective }: KnobUse): boolean {
  const limit = effective.declared("comm_overlap.wgrad_deferral_limit");
  return limit !== null && !isConstant(limit, null);
}

/** Whether gathering would stay on, by Bridge's own choice, where reduction goes off: Megatron-LM refuses the pair. */
function gathersAlone(use: KnobUse): boolean {
  const asked = use.effective.declared("comm_overlap.overlap_param_gather");
  const isBridges = asked === null || isConstant(asked, null);
  const isWanted = isOwn(use, "ddp", "overlap_param_gather") && isDeclaredOn(use);
  return (
    isConstant(use.write.value, false) &&
    isBridges &&
    !isWanted &&
    isOn(use.effective, "ddp.overlap_param_gather")
  );
}

function isDeclaredOn({ effective }: KnobUse): boolean {
  const value = effective.declared("ddp.overlap_param_gather");
  return value !== null && !isConstant(value, false);
}
