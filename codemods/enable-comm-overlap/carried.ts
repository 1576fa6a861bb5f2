import { isConstant, walk, type Value, type Way, type Write } from "../../src/index.ts";
import { ownWrite, sizeOf } from "./facts.ts";

/** What a new `CommOverlapConfig` would make of fields that the project sets elsewhere, where it is not told otherwise. */
const CHOSEN: Readonly<Record<string, boolean | number | null | "pipelined">> = {
  "ddp.overlap_grad_reduce": true,
  "ddp.overlap_param_gather": true,
  "ddp.align_param_gather": "pipelined",
  "ddp.bucket_size": 128 * 1024 * 1024,
  "optimizer.overlap_param_gather": true,
  "optimizer.overlap_param_gather_with_optimizer_step": false,
  "model.overlap_p2p_comm": "pipelined",
  "model.defer_embedding_wgrad_compute": false,
  "model.wgrad_deferral_limit": -1,
  "model.overlap_moe_expert_parallel_comm": false,
  "model.delay_wgrad_compute": false,
};

/**
 * Keywords for a new `CommOverlapConfig`, so that what the project set on `ddp`, `optimizer` or `model` still holds once
 * Bridge copies the object over it. A text names a field whose value cannot be carried over.
 */
export function carriedArguments(way: Way, opensGate: boolean): ReadonlyMap<string, string> | string {
  const carried = new Map<string, string>();
  for (const [knob, chosen] of Object.entries(CHOSEN)) {
    const [section = "", field = ""] = knob.split(".");
    const write = ownWrite(way, section, field);
    if (!write || isConstant(write.value, null) || (section !== "model" && !opensGate)) continue;
    const asChosen = chosen === "pipelined" ? isInterleaved(way) : chosen;
    if (isConstant(write.value, asChosen)) continue;
    const source = sourceOf(write);
    if (source === null) return `${knob}, which a CommOverlapConfig overwrites`;
    carried.set(field, source);
  }
  return carried;
}

function isInterleaved(way: Way): boolean {
  const [stages, chunks] = ["pipeline_model_parallel_size", "virtual_pipeline_model_parallel_size"].map(
    (field) => sizeOf(way, `model.${field}`),
  );
  return (stages ?? 1) > 1 && (chunks ?? 1) > 1;
}

/** A value as it is written, where that means the same anywhere; else the constant that it is. */
function sourceOf({ site, value }: Write): string | null {
  const expr = site.value;
  if (
    expr &&
    [...walk.walkExpression(expr)].every(({ kind }) => ["Constant", "Binary", "Unary"].includes(kind))
  )
    return site.module.text.slice(expr.start, expr.end);
  return literal(value);
}

function literal(value: Value): string | null {
  if (value.kind !== "const") return null;
  if (typeof value.value === "boolean") return value.value ? "True" : "False";
  return typeof value.value === "number" ? String(value.value) : null;
}
