import { hasLatentAttention, hasVaryingLengths, type Way } from "../../src/index.ts";
import {
  hasOverlap,
  isFullySharded,
  isOn,
  ownNone,
  ownOff,
  ownsLayout,
  ownWrite,
  shown,
  sizeOf,
} from "./facts.ts";
import { left, NONE, ON, type Part } from "./part.ts";

const SEQUENCE = "model.sequence_parallel";

/** Overlap of tensor-parallel communication with the matrix products around it. */
export function tensorPart(way: Way): Part {
  const size = sizeOf(way, "model.tensor_model_parallel_size");
  if (size === null || size < 2) return NONE;
  const runs = isOn(way, "model.tp_comm_overlap");
  if (runs === true) return ON;
  if (runs === null) return left("TP overlap may be on already: it depends on what cannot be computed here");
  const off =
    ownNone(way) ?? ownOff(way, "comm_overlap.tp_comm_overlap") ?? ownOff(way, "model.tp_comm_overlap");
  if (off) return left(`TP overlap stays off, as ${shown(off, way)} says`, "decided");
  // Asked for and turned off by Bridge: what is wrong with that request is no matter of adding one.
  if (isOn(way, "comm_overlap.tp_comm_overlap") === true) return NONE;
  const obstacle = obstacleFor(way);
  if (obstacle !== null) return left(`TP overlap is not added: ${obstacle}`);
  if (hasOverlap(way) === true && !ownsLayout(way) && !ownWrite(way, "comm_overlap"))
    return left("TP overlap is not added: Bridge's own recipe turns it off for this very layout", "decided");
  return withSequenceParallelism(way, size);
}

/** What keeps TP overlap from working, whatever the recipe asks for. */
function obstacleFor(way: Way): string | null {
  if (!way.te) return "Transformer Engine, which does it, is not there";
  if (isFullySharded(way)) return "FSDP is on, which upstream combines with it only when asked to";
  if (isOn(way, "model.deterministic_mode") !== false) return "the run is deterministic";
  const fp4 = way.effective.resolved("model.fp4")?.value;
  if (fp4 && !(fp4.kind === "const" && (fp4.value === null || fp4.value === false)))
    return "it does not work with NVFP4";
  const latent = hasLatentAttention(way);
  if (latent === true) return "the model has multi-latent attention";
  if (latent === null)
    return "it cannot be told whether the model has multi-latent attention, which it does not work with; set model.multi_latent_attention = False if it has not";
  return hasVaryingLengths(way)
    ? "batches may differ in their number of tokens, and its buffers have a fixed size; ask for it with comm_overlap.tp_comm_overlap = True if all are padded to one length"
    : null;
}

function withSequenceParallelism(way: Way, size: number): Part {
  const why = `TP: with TP ${String(size)} and sequence parallelism, communication between the ranks of a tensor-parallel group runs beside the matrix products`;
  const isParallel = isOn(way, SEQUENCE);
  if (isParallel === true) return { kind: "add", why };
  // A checkpoint's model has it off unless the recipe says otherwise.
  if (isParallel === null && ownWrite(way, "model", "sequence_parallel"))
    return left("TP overlap is not added: sequence parallelism, which it needs, is not known");
  const length = sizeOf(way, "model.seq_length") ?? 1;
  if (!ownOff(way, SEQUENCE) && ownsLayout(way) && (length === 1 || length % size === 0)) {
    return {
      kind: "add",
      why: `${why}; sequence parallelism, which it needs, was not mentioned and is added`,
    };
  }
  return withoutSequenceParallelism(way, size, length);
}

/** `length` is one where it is not known. */
function withoutSequenceParallelism(way: Way, size: number, length: number): Part {
  const off = ownOff(way, SEQUENCE);
  const isOwn = off !== null || ownsLayout(way);
  const state = off
    ? `${shown(off, way)} turns off`
    : isOwn
      ? "is off"
      : "is off in Bridge's own recipe for this layout";
  const fits =
    length === 1
      ? `seq_length must be divisible by ${String(size)}`
      : `seq_length ${String(length)} is ${length % size === 0 ? "" : "not "}divisible by ${String(size)}`;
  const why = `TP overlap needs sequence parallelism, which ${state}. Either set model.sequence_parallel = True, which shards activations along the sequence (${fits}), and run this again; or keep it off, and TP communication stays exposed`;
  return isOwn ? { kind: "ask", why, at: off } : left(why);
}
