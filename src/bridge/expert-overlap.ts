import { contains, isEqualTo, isMoreThan, isNone, isTruthy, type Asking } from "./questions.ts";
import { effectiveField } from "./resolve.ts";
import { fieldOr, hasPipeline, type StartUp } from "./start-up.ts";
import { isAtLeast } from "./versions.ts";

/** What expert-parallel overlap needs of the model, and what Bridge says where it is missing. */
export interface Precondition {
  /** The field of the model that has to change. */
  readonly field: string;
  /** What Bridge raises. */
  readonly raises: string;
  /** What to write, in words. */
  readonly wanted: string;
}

type Check = <V>(at: StartUp<V>) => Asking<V, Precondition | null>;

const OVERLAP = "overlap_moe_expert_parallel_comm";

/**
 * The preconditions of `overlap_moe_expert_parallel_comm` that a configuration does not meet, in the order in which
 * Bridge checks them. Source: `CommOverlapConfig._get_model_comm_overlap_cfgs` (v0.2.0 to v0.6.2); Megatron-Core's
 * `TransformerConfig.__post_init__` checks the same.
 */
export function* unmetForExperts<V>(at: StartUp<V>): Asking<V, Precondition[]> {
  const unmet: Precondition[] = [];
  for (const check of EXPERT_CHECKS) {
    const found = yield* check(at);
    if (found) unmet.push(found);
  }
  return unmet;
}

/** The one that Bridge stumbles over: it asks no further, so that what is open behind it does not count. */
export function* firstUnmetForExperts<V>(at: StartUp<V>): Asking<V, Precondition | null> {
  for (const check of EXPERT_CHECKS) {
    const found = yield* check(at);
    if (found) return found;
  }
  return null;
}

/** Each of them alone, for what is open in one says nothing of the others. */
export const EXPERT_CHECKS: readonly Check[] = [
  function* (at) {
    const size = fieldOr(at, ["model", "expert_model_parallel_size"], 1);
    if (yield* isMoreThan(size, 1)) return null;
    return assertion("expert_model_parallel_size", {
      says: `${OVERLAP} is only supported when expert_model_parallel_size > 1`,
      wanted: "a size above 1",
    });
  },
  function* (at) {
    const experts = fieldOr(at, ["model", "num_moe_experts"], null);
    const wanted = "a mixture of experts";
    if (yield* isNone(experts))
      return {
        field: "num_moe_experts",
        raises: "TypeError: '>' not supported between instances of 'NoneType' and 'int'",
        wanted,
      };
    if (yield* isMoreThan(experts, 1)) return null;
    return assertion("num_moe_experts", {
      says: `${OVERLAP} is only supported when num_moe_experts > 1`,
      wanted,
    });
  },
  function* (at) {
    const dispatcher = fieldOr(at, ["model", "moe_token_dispatcher_type"], null);
    if (yield* isEqualTo(dispatcher, "alltoall")) return null;
    if (yield* isEqualTo(dispatcher, "flex")) return null;
    return assertion("moe_token_dispatcher_type", {
      says: `${OVERLAP} is only supported when moe_token_dispatcher_type == 'alltoall' or 'flex'`,
      wanted: '"alltoall" or "flex"',
    });
  },
  function* (at) {
    for (const field of ["bf16", "fp16"]) {
      const value = yield* effectiveField(at, "model", field);
      if (value !== null && (yield* isTruthy(value))) return null;
    }
    return assertion("bf16", {
      says: `${OVERLAP} is only supported when using bf16 or fp16 models`,
      wanted: "bf16 or fp16 through mixed_precision",
    });
  },
  function* (at) {
    const chunks = fieldOr(at, ["model", "virtual_pipeline_model_parallel_size"], null);
    if (!(yield* hasPipeline(at)) || !(yield* isNone(chunks))) return null;
    return assertion("virtual_pipeline_model_parallel_size", {
      says: "If enabling EP A2A overlap, virtual_pipeline_model_parallel_size must be specified when pipeline_model_parallel_size > 1",
      wanted: "a number of chunks that divides the layers of a stage",
    });
  },
  function* (at) {
    const granularity = fieldOr(at, ["model", "recompute_granularity"], null);
    if (!(yield* isEqualTo(granularity, "full"))) return null;
    return assertion("recompute_granularity", {
      says: `disable full recomputation when enabling ${OVERLAP}`,
      wanted: '"selective" or None',
    });
  },
  unset("recompute_method", `disable recomputation method when enabling ${OVERLAP}`),
  unset("recompute_num_layers", `recompute_num_layers must be None when enabling ${OVERLAP}`),
  function* (at) {
    if (!isAtLeast(at.version, "0.6.0")) return null;
    if (!(yield* contains(fieldOr(at, ["model", "recompute_modules"], null), "moe"))) return null;
    return assertion("recompute_modules", {
      says: `disable moe in recompute_modules when enabling ${OVERLAP}`,
      wanted: 'without "moe"',
    });
  },
  function* (at) {
    if (!(yield* isTruthy(fieldOr(at, ["model", "moe_shared_expert_overlap"], false)))) return null;
    return assertion("moe_shared_expert_overlap", {
      says: `disable moe_shared_expert_overlap when enabling ${OVERLAP}`,
      wanted: "False",
    });
  },
  function* (at) {
    const layers = fieldOr(at, ["model", "mtp_num_layers"], null);
    const allowsZero = isAtLeast(at.version, "0.6.0");
    if ((yield* isNone(layers)) || (yield* isEqualTo(layers, 1))) return null;
    if (allowsZero && (yield* isEqualTo(layers, 0))) return null;
    const says = allowsZero
      ? `MTP supports at most one layer when enabling ${OVERLAP}.`
      : `MTP layernum only supports 1 when enabling ${OVERLAP}.`;
    return assertion("mtp_num_layers", { says, wanted: "None or 1" });
  },
];

function assertion(field: string, { says, wanted }: { says: string; wanted: string }): Precondition {
  return { field, wanted, raises: `AssertionError: ${says}` };
}

function unset(field: string, says: string): Check {
  return function* (at) {
    const value = fieldOr(at, ["model", field], null);
    return (yield* isNone(value)) ? null : assertion(field, { says, wanted: "None" });
  };
}
