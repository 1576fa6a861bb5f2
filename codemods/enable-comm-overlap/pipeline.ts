import { isConstant, type Way } from "../../src/index.ts";
import { hasOverlap, isFullySharded, isOn, ownNone, ownOff, ownWrite, shown, sizeOf } from "./facts.ts";
import { left, NONE, ON, type Part } from "./part.ts";

const STAGES = "pipeline_model_parallel_size";
const CHUNKS = "virtual_pipeline_model_parallel_size";

/** Overlap of what pipeline stages send each other: Bridge selects it by itself once stages are interleaved. */
export function pipelinePart(way: Way): Part {
  const stages = sizeOf(way, `model.${STAGES}`);
  const chunks = sizeOf(way, `model.${CHUNKS}`);
  if (stages === null || chunks === null || stages < 2) return NONE;
  if (isOn(way, "model.overlap_p2p_comm") === true) return ON;
  const off =
    ownNone(way) ?? ownOff(way, "comm_overlap.overlap_p2p_comm") ?? ownOff(way, "model.overlap_p2p_comm");
  if (off) return left(`PP overlap stays off, as ${shown(off, way)} says`, "decided");
  if (chunks < 2) return withoutChunks(way, stages);
  // With an object there, Bridge decides; what it decides otherwise was said by its own recipe.
  if (hasOverlap(way) !== false || isFullySharded(way)) return NONE;
  return {
    kind: "add",
    why: `PP: with PP ${String(stages)} and VPP ${String(chunks)} Bridge selects overlap_p2p_comm=True and batch_p2p_comm=False by itself`,
  };
}

/** How many chunks a stage gets is a person's decision; none where the project decided against it. */
function withoutChunks(way: Way, stages: number): Part {
  const written = ownWrite(way, "model", CHUNKS);
  if (written)
    return left(
      `PP overlap stays off: it needs VPP > 1, and ${shown(written, way)} sets ${shownValue(written.value)}`,
      "decided",
    );
  const why = `PP overlap needs interleaved stages, VPP > 1, and virtual_pipeline_model_parallel_size is not set for PP ${String(stages)}. ${choices(way, stages)}; without it stages wait for each other's activations`;
  const at = ownWrite(way, "model", STAGES);
  return at ? { kind: "ask", why, at } : left(why);
}

function shownValue(value: Parameters<typeof isConstant>[0]): string {
  return isConstant(value, null) ? "None" : "one chunk";
}

function choices(way: Way, stages: number): string {
  const layers = sizeOf(way, "model.num_layers");
  const perStage = layers === null || layers === 1 ? null : layers / stages;
  if (perStage === null) return `It must divide num_layers / ${String(stages)}, the layers of a stage`;
  if (!Number.isInteger(perStage))
    return `num_layers ${String(layers)} does not divide by ${String(stages)}, so that it takes a layout of its own (pipeline_model_parallel_layout)`;
  const divisors = Array.from({ length: perStage - 1 }, (_, index) => index + 2).filter(
    (one) => perStage % one === 0,
  );
  const listed =
    divisors.length > 1
      ? `${divisors.slice(0, -1).join(", ")} or ${String(divisors.at(-1))}`
      : divisors.join();
  return `num_layers ${String(layers)} gives ${String(perStage)} layers a stage, so it may be ${listed}`;
}
