import { isConstant, trainsAdapters, type Way } from "../../src/index.ts";
import { isFullySharded, isOn, ownOff, shown } from "./facts.ts";
import { left, ON, type Part } from "./part.ts";

/** Where the project may say that gradients are not reduced, or parameters not gathered, beside computation. */
const SWITCHES = [
  "ddp.use_distributed_optimizer",
  "ddp.overlap_grad_reduce",
  "ddp.overlap_param_gather",
  "optimizer.use_distributed_optimizer",
  "optimizer.overlap_param_gather",
  "comm_overlap.overlap_grad_reduce",
  "comm_overlap.overlap_param_gather",
] as const;

/** Overlap of the data-parallel collectives with the backward and the forward pass. */
export function dataPart(way: Way): Part {
  const flags = [isOn(way, "ddp.overlap_grad_reduce"), isOn(way, "ddp.overlap_param_gather")];
  if (flags.every((flag) => flag === true)) return ON;
  if (flags.includes(null))
    return left("DP overlap may be on already: it depends on what cannot be computed here");
  const off = SWITCHES.map((knob) => ownOff(way, knob)).find((write) => write !== null);
  if (off) return left(`DP overlap stays as it is, as ${shown(off, way)} says`, "decided");
  const obstacle = obstacleFor(way);
  if (obstacle !== null) return left(`DP overlap is not added: ${obstacle}`);
  return {
    kind: "add",
    why: "DP: with the distributed optimizer, gradients are reduced during the backward pass and parameters gathered during the forward pass, where DP > 1",
  };
}

function obstacleFor(way: Way): string | null {
  if (isFullySharded(way)) return "FSDP decides over it";
  const adapters = trainsAdapters(way);
  if (adapters !== false)
    return adapters === null
      ? "it cannot be told whether only adapters are trained, which have little to reduce; assign cfg.peft in the recipe"
      : "only adapters are trained, and they have little to reduce";
  const optimizer = way.effective.resolved("optimizer.optimizer")?.value;
  if (optimizer && optimizer.kind !== "const") return "it cannot be told which optimizer runs";
  if (optimizer && !isConstant(optimizer, "adam") && !isConstant(optimizer, "sgd"))
    return "it needs the distributed optimizer, which Muon and other layer-wise optimizers do without";
  return isOn(way, "optimizer.use_layer_wise_distributed_optimizer") === false
    ? null
    : "a layer-wise optimizer brings its own way to share work";
}
