import type { Notice, NoticeRule } from "./notices.ts";
import { isEqualTo, isTruthy, type Asking } from "./questions.ts";
import { effectiveField, isOn } from "./resolve.ts";
import { isSharded } from "./sharding-notices.ts";
import { fieldOr, type StartUp } from "./start-up.ts";
import { isAtLeast } from "./versions.ts";

/** What Megatron-Core refuses of precision, and of the optimizer that goes with it, once its configurations are final. */
export const PRECISION_RULES: readonly NoticeRule[] = [
  reusedBufferAlone,
  lowPrecisionParameters,
  delayedScalingWithEnds,
  precisionAwareAlone,
  gatheredWithoutReuse,
];

function* reusedBufferAlone<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const field = "reuse_grad_buf_for_mxfp8_param_ag";
  if (!(yield* isOn(at, "ddp", field)) || (yield* isOn(at, "ddp", "fp8_param_gather"))) return [];
  const message = "Reuse grad buffer only when keeping params in MXFP8.";
  return [{ rule: "reused-buffer-alone", severity: "error", knob: `ddp.${field}`, message }];
}

function* lowPrecisionParameters<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const notices: Notice[] = [];
  for (const format of ["fp8", "fp4"]) {
    if (!(yield* isOn(at, "model", `${format}_param`)) || (yield* isOn(at, "model", format))) continue;
    const message = `${format}_param must be used together with ${format} mode.`;
    notices.push({
      rule: "low-precision-parameters",
      severity: "error",
      knob: `model.${format}_param`,
      message,
    });
  }
  return notices;
}

function* delayedScalingWithEnds<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!(yield* isOn(at, "model", "fp8")) || !(yield* isOn(at, "model", "first_last_layers_bf16"))) return [];
  const recipe = yield* effectiveField(at, "model", "fp8_recipe");
  if (recipe === null || !(yield* isEqualTo(recipe, "delayed"))) return [];
  const message = "Delayed scaling does not support first / last layer in BF16.";
  return [
    {
      rule: "delayed-scaling-with-bf16-ends",
      severity: "error",
      knob: "model.first_last_layers_bf16",
      message,
    },
  ];
}

/** Source: `OptimizerConfig.__post_init__`; it runs before `validate` brings the two flags in step. */
function* precisionAwareAlone<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const field = "use_precision_aware_optimizer";
  if (!(yield* isOn(at, "optimizer", field))) return [];
  if (yield* isTruthy(fieldOr(at, ["optimizer", "use_distributed_optimizer"], false))) return [];
  const message = "--use-precision-aware-optimizer only supported with distributed optimizer";
  return [{ rule: "precision-aware-alone", severity: "error", knob: `optimizer.${field}`, message }];
}

/** Source: `ConfigContainer.validate`, v0.5.0 on; before, `MixedPrecisionConfig.finalize` asserted it. */
function* gatheredWithoutReuse<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const { precision } = at.declared;
  if (precision.kind !== "fields" || !isAtLeast(at.version, "0.5.0") || (yield* isSharded(at))) return [];
  if (!(yield* isTruthy(precision.get("fp8_param_gather")))) return [];
  if (!(yield* isEqualTo(precision.get("fp8_recipe"), "mxfp8"))) return [];
  const field = "reuse_grad_buf_for_mxfp8_param_ag";
  if (yield* isTruthy(precision.get(field))) return [];
  const message = `When fp8_param_gather=True and fp8_recipe='mxfp8', ${field} must be set to True`;
  return [{ rule: "gathered-without-reuse", severity: "error", knob: `mixed_precision.${field}`, message }];
}
