import type { Json } from "../json.ts";
import { askedFor } from "./comm-overlap.ts";
import { firstUnmetForExperts } from "./expert-overlap.ts";
import { captures, isNone, isTrue, isTruthy, type Asking } from "./questions.ts";
import { fieldOr, type StartUp } from "./start-up.ts";
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
    return "AssertionError: When fp8_param_gather=True and fp8_recipe='mxfp8', reuse_grad_buf_for_mxfp8_param_ag must be set to True";
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
  if (experts !== null && (yield* isTrue(experts))) {
    const unmet = yield* firstUnmetForExperts(at);
    if (unmet) return unmet.raises;
  }
  const delay = yield* askedFor(at, "delay_wgrad_compute");
  if (delay === null || !(yield* isTrue(delay))) return null;
  const overlaps =
    (yield* isOnModel(at, "overlap_moe_expert_parallel_comm")) ||
    (experts !== null && (yield* isTruthy(experts)));
  if (!overlaps)
    return "AssertionError: overlap_moe_expert_parallel_comm is required for delay_wgrad_compute";
  return isAtLeast(at.version, "0.4.0") ? yield* capturedWgradProblem(at) : yield* legacyGemmProblem(at);
}

function* legacyGemmProblem<V>(at: StartUp<V>): Asking<V, string | null> {
  return (yield* isOnModel(at, "moe_use_legacy_grouped_gemm"))
    ? "AssertionError: delay_wgrad_compute is not supported with legacy groupedgemm implementation"
    : null;
}

/** What CUDA graphs capture must not hold the weight gradients that are to be delayed. */
function* capturedWgradProblem<V>(at: StartUp<V>): Asking<V, string | null> {
  const hasAttention = yield* isCaptured(at, "attn");
  if (!hasAttention && !(yield* capturesSharedExperts(at))) return null;
  if (!(yield* isOnModel(at, "gradient_accumulation_fusion")))
    return "AssertionError: CUDA graph with delay_wgrad_compute requires gradient_accumulation_fusion to be enabled.";
  if (!hasAttention) return null;
  for (const field of ["add_bias_linear", "add_qkv_bias"])
    if (yield* isOnModel(at, field))
      return "AssertionError: CUDA graph with delay_wgrad_compute does not support attention bias for now.";
  return null;
}

function* capturesSharedExperts<V>(at: StartUp<V>): Asking<V, boolean> {
  if (!(yield* isCaptured(at, "moe_router"))) return false;
  const size = fieldOr(at, ["model", "moe_shared_expert_intermediate_size"], null);
  return !(yield* isNone(size)) && !(yield* isOnModel(at, "moe_shared_expert_overlap"));
}

function* isCaptured<V>(at: StartUp<V>, module: string): Asking<V, boolean> {
  const fields = isAtLeast(at.version, "0.5.0")
    ? ["cuda_graph_modules", "cuda_graph_scope"]
    : ["cuda_graph_scope"];
  for (const field of fields) if (yield* captures(fieldOr(at, ["model", field], null), module)) return true;
  return false;
}

function* isOnModel<V>(at: StartUp<V>, field: string): Asking<V, boolean> {
  return yield* isTruthy(fieldOr(at, ["model", field], false));
}
