import { isAtLeast, isConstant, type Way } from "../../src/index.ts";
import { carriedArguments } from "./carried.ts";
import { dataPart } from "./data.ts";
import { expertPart } from "./expert.ts";
import { declares, hasOverlap, isOn, sizeOf } from "./facts.ts";
import type { Part } from "./part.ts";
import { pipelinePart } from "./pipeline.ts";
import { tensorPart } from "./tensor.ts";

/** What one way of a recipe lacks, and the lines that give it that. */
export interface Plan {
  readonly parts: {
    readonly tensor: Part;
    readonly data: Part;
    readonly pipeline: Part;
    readonly expert: Part;
  };
  /** Assignments to fields of the container: `ddp.overlap_grad_reduce` and the source of the value. */
  readonly lines: readonly Line[];
  /** Arguments of a new `CommOverlapConfig`; null where none is needed. */
  readonly made: ReadonlyMap<string, string> | null;
  /** Why the lines cannot be had. */
  readonly obstacle: string | null;
}

export interface Line {
  readonly knob: string;
  readonly value: string;
}

const TRUE = "True";

/** The two halves of data-parallel overlap. */
const GATHERING = ["overlap_grad_reduce", "overlap_param_gather"];

/** A way outlives edits that cannot reach it. */
const known = new WeakMap<Way, Plan | "unclear">();

/** Plans a way; null where nothing can be said of it. */
export function planFor(way: Way): Plan | null {
  let plan = known.get(way);
  if (!plan) known.set(way, (plan = makePlan(way) ?? "unclear"));
  return plan === "unclear" ? null : plan;
}

function makePlan(way: Way): Plan | null {
  if (way.effective.raises !== null || hasOverlap(way) === null) return null;
  const parts = {
    tensor: tensorPart(way),
    data: dataPart(way),
    pipeline: pipelinePart(way),
    expert: expertPart(way),
  };
  const made =
    hasOverlap(way) === false && (isAdded(parts.tensor) || isAdded(parts.pipeline))
      ? madeFor(way, parts)
      : null;
  if (typeof made === "string") return { parts, lines: [], made: null, obstacle: made };
  return { parts, made, obstacle: null, lines: [...tensorLines(way, parts), ...dataLines(way, parts, made)] };
}

export function isAdded(part: Part): boolean {
  return part.kind === "add";
}

/** Whether the plan changes anything. */
export function hasWork({ lines, made }: Plan): boolean {
  return lines.length > 0 || made !== null;
}

type Parts = Plan["parts"];

function madeFor(way: Way, { tensor, data }: Parts): ReadonlyMap<string, string> | string {
  const opensGate = isAdded(data) || declares(way, "ddp.use_distributed_optimizer");
  const carried = carriedArguments(way, opensGate);
  if (typeof carried === "string") return `${carried} and whose value cannot be carried over`;
  const made = new Map([["tp_comm_overlap", isAdded(tensor) ? TRUE : "False"], ...carried]);
  // At DP 1 the collectives still run over the ranks of context parallelism, and Bridge's defaults forget about them.
  const isWanted = opensGate && (isAdded(data) || data.kind === "on");
  if (isWanted && (sizeOf(way, "model.context_parallel_size") ?? 1) > 1) {
    for (const field of GATHERING) if (!made.has(field)) made.set(field, TRUE);
  }
  return made;
}

function tensorLines(way: Way, { tensor }: Parts): Line[] {
  if (!isAdded(tensor)) return [];
  const lines: Line[] = [];
  if (isOn(way, "model.sequence_parallel") !== true)
    lines.push({ knob: "model.sequence_parallel", value: TRUE });
  if (hasOverlap(way) === true) lines.push({ knob: "comm_overlap.tp_comm_overlap", value: TRUE });
  return lines;
}

/** The distributed optimizer, and the overlap itself, each where nothing says it yet. */
function dataLines(way: Way, { data }: Parts, made: Plan["made"]): Line[] {
  if (!isAdded(data)) return [];
  const knobs = ["ddp.use_distributed_optimizer"];
  if (hasOverlap(way) === true)
    knobs.push(...GATHERING.map((field) => `comm_overlap.${field}`).filter(isRefused(way)));
  else knobs.push(...GATHERING.filter((field) => made?.has(field) !== true).map((field) => `ddp.${field}`));
  // Later versions bring the optimizer in step with ddp, and so does an object in comm_overlap.
  if (!isAtLeast(way.version, "0.2.0")) knobs.push("optimizer.use_distributed_optimizer");
  if (made === null && hasOverlap(way) === false && !isAtLeast(way.version, "0.5.0"))
    knobs.push("optimizer.overlap_param_gather");
  return knobs.filter((knob) => !declares(way, knob)).map((knob) => ({ knob, value: TRUE }));
}

/** Whether the recipe declares `False` for a knob. */
function isRefused({ effective }: Way): (knob: string) => boolean {
  return (knob) => {
    const value = effective.declared(knob);
    return value !== null && isConstant(value, false);
  };
}
