import { isConstant, type Way } from "../../src/index.ts";
import { hasOverlap, isOn, ownNone, ownOff, shown, sizeOf } from "./facts.ts";
import { left, NONE, ON, type Part } from "./part.ts";

const FLAG = "overlap_moe_expert_parallel_comm";

/** Overlap of what experts send each other. It is never added: whoever wants it names it. */
export function expertPart(way: Way): Part {
  const size = sizeOf(way, "model.expert_model_parallel_size");
  if (size === null || size < 2) return NONE;
  if (isOn(way, `model.${FLAG}`) === true) return ON;
  const off = ownNone(way) ?? ownOff(way, `comm_overlap.${FLAG}`) ?? ownOff(way, `model.${FLAG}`);
  if (off) return left(`EP overlap stays off, as ${shown(off, way)} says`, "decided");
  const unmet = way.effective.unmetForExperts();
  if (unmet === null) return NONE;
  const missing = listed(byField([...recomputed(way), ...unmet.certain]));
  if (missing !== "") return left(`EP overlap, if it is wanted, needs ${missing}`);
  const open = listed([...unmet.open, ...captured(way)]);
  if (open !== "")
    return left(`EP overlap may be possible: it cannot be told whether the recipe has ${open}`);
  return left(possible(way, size), "possible");
}

interface Needed {
  readonly field: string;
  readonly wanted: string;
}

/** Once for each field: from v0.6.0 on Bridge asks for what Megatron-Core does. */
function byField(all: readonly Needed[]): Needed[] {
  return [...new Map(all.map((one) => [one.field, one])).values()];
}

function listed(all: readonly Needed[]): string {
  return all.map(({ field, wanted }) => `model.${field}: ${wanted}`).join("; ");
}

/** Megatron-Core overlaps no experts that are computed again, whatever else is. */
function recomputed({ effective }: Way): Needed[] {
  const modules = effective.resolved("model.recompute_modules")?.value;
  const hasExperts = modules?.kind === "list" && modules.items.some((one) => isConstant(one, "moe"));
  return hasExperts ? [{ field: "recompute_modules", wanted: 'without "moe"' }] : [];
}

function captured({ effective }: Way): Needed[] {
  const graphs = effective.resolved("model.cuda_graph_impl")?.value;
  if (!graphs || isConstant(graphs, null) || isConstant(graphs, "none")) return [];
  return [{ field: "cuda_graph_impl", wanted: '"none", or a scope without experts' }];
}

function possible(way: Way, size: number): string {
  const where =
    hasOverlap(way) === true
      ? `comm_overlap.${FLAG} = True`
      : `comm_overlap = CommOverlapConfig(tp_comm_overlap=…, ${FLAG}=True)`;
  return `EP overlap could be had: EP is ${String(size)}, and all that Bridge asks for holds. It is not added by itself, since it changes how a layer is scheduled; to have it, set ${where}, delay_wgrad_compute = True beside it if weight gradients may wait, and more than one of CUDA_DEVICE_MAX_CONNECTIONS`;
}
