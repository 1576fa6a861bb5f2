import type { Json } from "../json.ts";
import { askedFor } from "./comm-overlap.ts";
import { unmetForExperts } from "./expert-overlap.ts";
import { isTrue, isTruthy, type Asking } from "./questions.ts";
import type { StartUp } from "./start-up.ts";
import { isAtLeast } from "./versions.ts";

/** What `MixedPrecisionConfig.finalize` raises for known field values; null if nothing. */
export function finalizeProblem(get: (field: string) => Json | undefined, version: string): string | null {
  if (isOn(get("fp4")) && isOn(get("fp8"))) {
    return "ValueError: fp4 and fp8 cannot be used simultaneously. Please choose one.";
  }
  // v0.5.0 moved this check to ConfigContainer.validate().
  const checksReuse = !isAtLeast(version, "0.5.0");
  const gathersMxfp8 = get("fp8_param_gather") === true && get("fp8_recipe") === "mxfp8";
  if (checksReuse && gathersMxfp8 && get("reuse_grad_buf_for_mxfp8_param_ag") === false) {
    return "AssertionError: When fp8_param_gather=True and mxfp8 recipe is used, reuse_grad_buf_for_mxfp8_param_ag must be set to True";
  }
  return null;
}

function isOn(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}

/**
 * What `CommOverlapConfig.setup` raises; null if nothing. Source: `_get_model_comm_overlap_cfgs`. Whatever hangs on the
 * versions of torch and Transformer Engine is taken to be fine.
 */
export function* overlapProblem<V>(at: StartUp<V>): Asking<V, string | null> {
  if (at.declared.isMimo || !at.declared.hasOverlap) return null;
  const experts = yield* askedFor(at, "overlap_moe_expert_parallel_comm");
  const overlapsExperts = experts !== null && (yield* isTrue(experts));
  if (overlapsExperts) {
    const [first] = yield* unmetForExperts(at);
    if (first) return first.raises;
  }
  const delay = yield* askedFor(at, "delay_wgrad_compute");
  if (delay === null || !(yield* isTrue(delay)) || overlapsExperts) return null;
  const onModel = at.declared.get("model", "overlap_moe_expert_parallel_comm");
  if (onModel !== null && (yield* isTruthy(onModel))) return null;
  if (experts !== null && (yield* isTruthy(experts))) return null;
  return "AssertionError: overlap_moe_expert_parallel_comm is required for delay_wgrad_compute";
}
