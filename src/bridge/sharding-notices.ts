import type { Notice, NoticeRule } from "./notices.ts";
import { isEqualTo, isTruthy, type Asking } from "./questions.ts";
import { isOn } from "./resolve.ts";
import { fieldOr, type StartUp } from "./start-up.ts";
import { isAtLeast } from "./versions.ts";

/** What Megatron-FSDP makes of a configuration once training starts: `validate` or the wrapped model itself. */
export const SHARDING_RULES: readonly NoticeRule[] = [oneConnection, optimizerSharded, forcedOn, forcedOff];

/** Whether Megatron-FSDP shards the model: either flag turns on both, except for MegatronMIMO, which is not validated. */
export function* isSharded<V>(at: StartUp<V>): Asking<V, boolean> {
  const field = "use_megatron_fsdp";
  if (at.declared.isMimo) return false;
  return (
    (yield* isTruthy(fieldOr(at, ["ddp", field], false))) ||
    (yield* isTruthy(fieldOr(at, ["dist", field], false)))
  );
}

/** The second version came with Bridge 0.7.0. */
function* isSecondVersion<V>(at: StartUp<V>): Asking<V, boolean> {
  return (
    isAtLeast(at.version, "0.7.0.dev0") &&
    (yield* isEqualTo(fieldOr(at, ["ddp", "megatron_fsdp_version"], 1), 2))
  );
}

/** Source: `_validate_and_apply_megatron_fsdp_configs`, v0.5.0 on. */
function* oneConnection<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  const name = "CUDA_DEVICE_MAX_CONNECTIONS";
  const connections = at.declared.get("env_vars", name);
  if (connections === null || !isAtLeast(at.version, "0.5.0")) return [];
  if (!(yield* isSharded(at)) || (yield* isSecondVersion(at))) return [];
  if (!(yield* isEqualTo(connections, "1")) && !(yield* isEqualTo(connections, 1))) return [];
  const message = `FSDP requires ${name} > 1 or unset.`;
  return [{ rule: "fsdp-with-one-connection", severity: "error", knob: `env_vars.${name}`, message }];
}

/** Source: the same; with comm_overlap set, its setup() has looked at the flag by then. */
function* optimizerSharded<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!isAtLeast(at.version, "0.5.0") || !(yield* isSharded(at)) || (yield* isSecondVersion(at))) return [];
  for (const section of ["ddp", "optimizer"] as const)
    if (yield* isTruthy(fieldOr(at, [section, "use_distributed_optimizer"], false))) return [];
  const message = "use_distributed_optimizer=True is required for Megatron-FSDP: validate() turns it on.";
  const knob = "ddp.use_distributed_optimizer";
  return [{ rule: "fsdp-shards-optimizer", severity: "warning", knob, message }];
}

/**
 * Source: `MegatronFSDP.__init__` of Megatron-Core, which sets both flags where parameters are sharded, and from
 * Bridge 0.3.0 on the one for gradients where these are.
 */
function* forcedOn<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!(yield* isSharded(at)) || (yield* isSecondVersion(at))) return [];
  const strategy = fieldOr(at, ["ddp", "data_parallel_sharding_strategy"], null);
  const shardsAll = yield* isEqualTo(strategy, "optim_grads_params");
  const shardsGradients =
    shardsAll || (isAtLeast(at.version, "0.3.0") && (yield* isEqualTo(strategy, "optim_grads")));
  const fields = [
    ...(shardsGradients ? ["overlap_grad_reduce"] : []),
    ...(shardsAll ? ["overlap_param_gather"] : []),
  ];
  const off: string[] = [];
  for (const field of fields) if (!(yield* isOn(at, "ddp", field))) off.push(field);
  const why = `for data_parallel_sharding_strategy="${shardsAll ? "optim_grads_params" : "optim_grads"}"`;
  return off.map((field) => notice("fsdp-overlaps-anyway", field, `Megatron-FSDP turns ${field} on ${why}.`));
}

/** Source: `_validate_and_apply_megatron_fsdp_v2_configs`. */
function* forcedOff<V>(at: StartUp<V>): Asking<V, readonly Notice[]> {
  if (!(yield* isSharded(at)) || !(yield* isSecondVersion(at))) return [];
  const on: string[] = [];
  for (const field of ["overlap_grad_reduce", "overlap_param_gather"])
    if (yield* isOn(at, "ddp", field)) on.push(field);
  const why = "for megatron_fsdp_version=2";
  return on.map((field) => notice("fsdp-never-overlaps", field, `validate() turns ${field} off ${why}.`));
}

function notice(rule: string, field: string, message: string): Notice {
  return { rule, severity: "warning", knob: `ddp.${field}`, message };
}
