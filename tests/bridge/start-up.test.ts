import { describe, expect, it } from "vitest";
import type { Section } from "../../src/bridge/names.ts";
import { NOTICE_RULES } from "../../src/bridge/notices.ts";
import { finalizeProblem, overlapProblem } from "../../src/bridge/problems.ts";
import { decide, type Answers, type Asking } from "../../src/bridge/questions.ts";
import { effectiveField } from "../../src/bridge/resolve.ts";
import type { Processes, StartUp } from "../../src/bridge/start-up.ts";

type Plain = null | boolean | number | string;
type Knobs = Readonly<Record<string, Plain>>;

/** A value of a field, told apart from a field that is not there. */
interface Held {
  readonly value: Plain;
}

/** A value that nobody knows. */
const OPEN = "<open>";

const answers: Answers<Held> = {
  answer: ({ about: held, is }, taken) => {
    const about = held.map(({ value }) => value);
    const [value = null] = about;
    if (about.includes(OPEN)) return taken.get(is.kind) ?? is.kind;
    switch (is.kind) {
      case "none":
        return value === null;
      case "true":
        return value === true;
      case "truthy":
        return Boolean(value);
      case "more than":
        return Number(value ?? 1) > is.number;
      case "equal":
        return value === is.to;
      case "contains":
      case "captures":
        return String(value ?? "")
          .split(",")
          .includes(is.item);
      case "dealt out in":
        return is.worldSize % about.reduce<number>((all, size) => all * Number(size), 1) === 0;
      case "data parallel in":
        return is.worldSize / about.reduce<number>((all, size) => all * Number(size), 1) > 1;
    }
  },
};

/** What Megatron-Core and Bridge declare, so that a case names only what matters. */
const DEFAULTS: Knobs = {
  "model.tensor_model_parallel_size": 1,
  "model.pipeline_model_parallel_size": 1,
  "model.virtual_pipeline_model_parallel_size": null,
  "model.context_parallel_size": 1,
  "model.sequence_parallel": false,
  "model.tp_comm_overlap": false,
  "model.tp_comm_overlap_cfg": null,
  "model.overlap_p2p_comm": false,
  "model.batch_p2p_comm": true,
  "model.defer_embedding_wgrad_compute": false,
  "model.wgrad_deferral_limit": 0,
  "model.overlap_moe_expert_parallel_comm": false,
  "model.delay_wgrad_compute": false,
  "ddp.use_distributed_optimizer": true,
  "ddp.overlap_grad_reduce": false,
  "ddp.overlap_param_gather": false,
  "ddp.align_param_gather": false,
  "ddp.bucket_size": null,
  "ddp.delay_wgrad_compute": false,
  "optimizer.use_distributed_optimizer": true,
  "optimizer.overlap_param_gather": false,
  "optimizer.overlap_param_gather_with_optimizer_step": false,
};

interface Case {
  readonly version?: string;
  readonly processes?: Processes;
  readonly te?: boolean;
  readonly isMimo?: boolean;
}

function startUp(
  knobs: Knobs,
  { version = "0.6.2", processes = { dp: 8 }, te = true, isMimo = false }: Case = {},
) {
  const all = { ...DEFAULTS, ...knobs };
  return {
    version,
    processes,
    te,
    constant: (value) => ({ value }),
    declared: {
      precision: { kind: "none" as const, names: new Set<string>() },
      hasOverlap: Object.keys(knobs).some((knob) => knob.startsWith("comm_overlap.")),
      isMimo,
      get: (section: Section, field: string) => {
        const value = all[`${section}.${field}`];
        return value === undefined ? null : { value };
      },
      uncertain: () => null,
    },
  } satisfies StartUp<Held>;
}

function run<R>(body: () => Asking<Held, R>): R | null {
  return decide(body, answers, { either: (_, then) => then });
}

function effective(at: StartUp<Held>, ...knobs: readonly string[]): Plain[] {
  return knobs.map((knob) => {
    const [section, field] = knob.split(".") as [Section, string];
    return run(() => effectiveField(at, section, field))?.value ?? null;
  });
}

function rulesOf(at: StartUp<Held>): string[] {
  return NOTICE_RULES.flatMap((rule) => run(() => rule(at)) ?? []).map((notice) => notice.rule);
}

const TP = { "model.tensor_model_parallel_size": 4, "model.sequence_parallel": true };
const PP = { "model.pipeline_model_parallel_size": 4 };
const VPP = { "model.virtual_pipeline_model_parallel_size": 2 };
const ON = { "comm_overlap.tp_comm_overlap": true };

describe("TP overlap", () => {
  it.each<[string, Knobs, Case, boolean, string[]]>([
    ["is on with TP, sequence parallelism and TE", { ...TP, ...ON }, {}, true, ["tp-overlap-defaults"]],
    ["is off at TP 1", ON, {}, false, ["tp-overlap-disabled"]],
    [
      "is off without sequence parallelism",
      { ...TP, ...ON, "model.sequence_parallel": false },
      {},
      false,
      ["tp-overlap-disabled"],
    ],
    ["is off without Transformer Engine", { ...TP, ...ON }, { te: false }, false, ["tp-overlap-disabled"]],
    [
      "is off where only the model asks for it",
      { ...TP, "comm_overlap.tp_comm_overlap": false, "model.tp_comm_overlap": true },
      {},
      false,
      [],
    ],
    ["is what the model says where comm_overlap is None", { "model.tp_comm_overlap": true }, {}, true, []],
    ["is what the model says for MegatronMIMO", { ...TP, ...ON }, { isMimo: true }, false, []],
  ])("%s", (_, knobs, circumstances, expected, rules) => {
    const at = startUp(knobs, circumstances);
    expect(effective(at, "model.tp_comm_overlap")).toEqual([expected]);
    expect(rulesOf(at).filter((rule) => rule.startsWith("tp-"))).toEqual(rules);
  });
});

describe("PP overlap", () => {
  it.each<[string, Knobs, Plain[], string[]]>([
    ["is chosen with PP and VPP", { ...PP, ...VPP, ...ON }, [true, false], []],
    ["is left to batching with PP alone", { ...PP, ...ON }, [false, true], []],
    ["is off without PP", ON, [false, false], []],
    [
      "cannot be had with PP alone",
      { ...PP, ...ON, "comm_overlap.overlap_p2p_comm": true },
      [true, true],
      ["p2p-overlap-without-vpp"],
    ],
    [
      "does not go with batching",
      { ...PP, ...VPP, ...ON, "comm_overlap.batch_p2p_comm": true },
      [true, true],
      ["p2p-overlap-and-batching"],
    ],
    ["is Megatron-Core's default where comm_overlap is None", { ...PP, ...VPP }, [false, true], []],
  ])("%s", (_, knobs, expected, rules) => {
    const at = startUp(knobs);
    expect(effective(at, "model.overlap_p2p_comm", "model.batch_p2p_comm")).toEqual(expected);
    expect(rulesOf(at).filter((rule) => rule.startsWith("p2p-"))).toEqual(rules);
  });
});

describe("DP overlap", () => {
  const knobs = [
    "ddp.overlap_grad_reduce",
    "ddp.overlap_param_gather",
    "optimizer.overlap_param_gather",
    "ddp.bucket_size",
    "ddp.align_param_gather",
  ];
  const NO_TP = { "comm_overlap.tp_comm_overlap": false };
  it.each<[string, Knobs, Case, Plain[]]>([
    [
      "is switched on where DP > 1, in buckets of 128 Mi elements",
      NO_TP,
      {},
      [true, true, true, 134_217_728, false],
    ],
    [
      "is switched off where DP = 1",
      { ...NO_TP, "ddp.overlap_grad_reduce": true },
      { processes: { dp: 1 } },
      [false, false, false, null, false],
    ],
    ["is aligned with PP and VPP", { ...NO_TP, ...PP, ...VPP }, {}, [true, true, true, 134_217_728, true]],
    [
      "is switched back on where only DDP says no",
      { ...NO_TP, "ddp.overlap_grad_reduce": false },
      {},
      [true, true, true, 134_217_728, false],
    ],
    [
      "stays off where comm_overlap says no",
      { ...NO_TP, "comm_overlap.overlap_grad_reduce": false, "comm_overlap.overlap_param_gather": false },
      {},
      [false, false, false, 134_217_728, false],
    ],
    [
      "is left as declared where DDP does not shard the optimizer",
      { ...NO_TP, "ddp.use_distributed_optimizer": false, "ddp.bucket_size": 5 },
      {},
      [false, false, false, 5, false],
    ],
    [
      "is what DDP says where comm_overlap is None, in both from 0.5 on",
      { "ddp.overlap_param_gather": true },
      {},
      [false, true, true, null, false],
    ],
    [
      "is not synchronised before 0.5",
      { "ddp.overlap_param_gather": true },
      { version: "0.4.2" },
      [false, true, false, null, false],
    ],
    [
      "counts the world size without CP",
      { ...NO_TP, "model.context_parallel_size": 8 },
      { processes: { worldSize: 8 } },
      [false, false, false, null, false],
    ],
  ])("%s", (_, declared, circumstances, expected) => {
    expect(effective(startUp(declared, circumstances), ...knobs)).toEqual(expected);
  });

  it("forgets a delayed weight gradient that only DDP asks for", () => {
    expect(
      effective(startUp({ ...NO_TP, "ddp.delay_wgrad_compute": true }), "ddp.delay_wgrad_compute"),
    ).toEqual([null]);
  });

  it("says when the gate is closed although the optimizer shards", () => {
    const at = startUp({ ...NO_TP, "ddp.use_distributed_optimizer": false });
    expect(rulesOf(at)).toEqual(["distributed-optimizer-out-of-sync", "dp-overlap-lost"]);
    expect(effective(at, "ddp.use_distributed_optimizer")).toEqual([true]);
  });

  it("fails at once where the two disagree in 0.1", () => {
    const at = startUp({ "ddp.use_distributed_optimizer": false }, { version: "0.1.0rc4" });
    expect(rulesOf(at)).toEqual(["distributed-optimizer-out-of-sync"]);
    expect(effective(at, "ddp.use_distributed_optimizer")).toEqual([false]);
  });
});

describe("expert overlap", () => {
  const EP = {
    ...ON,
    "comm_overlap.overlap_moe_expert_parallel_comm": true,
    "model.expert_model_parallel_size": 8,
    "model.num_moe_experts": 64,
    "model.moe_token_dispatcher_type": "alltoall",
    "model.bf16": true,
  };
  it.each<[string, Knobs, string | null]>([
    ["runs", EP, null],
    [
      "needs EP > 1",
      { ...EP, "model.expert_model_parallel_size": 1 },
      "AssertionError: overlap_moe_expert_parallel_comm is only supported when expert_model_parallel_size > 1",
    ],
    [
      "needs experts",
      { ...EP, "model.num_moe_experts": null },
      "TypeError: '>' not supported between instances of 'NoneType' and 'int'",
    ],
    [
      "needs a dispatcher",
      { ...EP, "model.moe_token_dispatcher_type": "allgather" },
      "AssertionError: overlap_moe_expert_parallel_comm is only supported when moe_token_dispatcher_type == 'alltoall' or 'flex'",
    ],
    [
      "needs VPP with PP",
      { ...EP, ...PP },
      "AssertionError: If enabling EP A2A overlap, virtual_pipeline_model_parallel_size must be specified when pipeline_model_parallel_size > 1",
    ],
    [
      "is needed by delayed weight gradients",
      { ...ON, "comm_overlap.delay_wgrad_compute": true },
      "AssertionError: overlap_moe_expert_parallel_comm is required for delay_wgrad_compute",
    ],
  ])("%s", (_, knobs, expected) => {
    expect(run(() => overlapProblem(startUp(knobs)))).toBe(expected);
  });

  const MOE_AGAIN = { ...EP, "model.recompute_modules": "layernorm,moe" };
  const NO_MTP = { ...EP, "model.mtp_num_layers": 0 };
  it.each<[string, Knobs, string, string | null]>([
    ["computes experts again before 0.6", MOE_AGAIN, "0.5.1", null],
    [
      "computes no expert again from 0.6 on",
      MOE_AGAIN,
      "0.6.0",
      "AssertionError: disable moe in recompute_modules when enabling overlap_moe_expert_parallel_comm",
    ],
    [
      "knows no zero MTP layers before 0.6",
      NO_MTP,
      "0.5.1",
      "AssertionError: MTP layernum only supports 1 when enabling overlap_moe_expert_parallel_comm.",
    ],
    ["may have zero MTP layers from 0.6 on", NO_MTP, "0.6.0", null],
  ])("%s", (_, knobs, version, expected) => {
    expect(run(() => overlapProblem(startUp(knobs, { version })))).toBe(expected);
  });

  const DELAY = { ...EP, "comm_overlap.delay_wgrad_compute": true };
  const ATTENTION = { ...DELAY, "model.cuda_graph_scope": "attn" };
  const ROUTER = {
    ...DELAY,
    "model.cuda_graph_scope": "moe_router",
    "model.moe_shared_expert_intermediate_size": 2048,
  };
  const NO_FUSION =
    "AssertionError: CUDA graph with delay_wgrad_compute requires gradient_accumulation_fusion to be enabled.";
  const NO_BIAS =
    "AssertionError: CUDA graph with delay_wgrad_compute does not support attention bias for now.";
  const FUSED = { "model.gradient_accumulation_fusion": true };
  it.each<[string, Knobs, string, string | null]>([
    ["of captured attention needs fusion", ATTENTION, "0.4.0", NO_FUSION],
    [
      "of captured attention has none with bias",
      { ...ATTENTION, ...FUSED, "model.add_qkv_bias": true },
      "0.6.2",
      NO_BIAS,
    ],
    ["of captured attention runs with fusion alone", { ...ATTENTION, ...FUSED }, "0.6.2", null],
    ["asked nothing of graphs before 0.4", ATTENTION, "0.3.1", null],
    [
      "reads the newer name from 0.5 on",
      { ...DELAY, "model.cuda_graph_modules": "attn" },
      "0.5.0",
      NO_FUSION,
    ],
    ["does not read the newer name before", { ...DELAY, "model.cuda_graph_modules": "attn" }, "0.4.2", null],
    ["of captured shared experts needs fusion", ROUTER, "0.6.2", NO_FUSION],
    [
      "of captured shared experts is free with their overlap off the graph",
      { ...ROUTER, "model.moe_shared_expert_intermediate_size": null },
      "0.6.2",
      null,
    ],
    [
      "had none with legacy grouped GEMM before 0.4",
      { ...DELAY, "model.moe_use_legacy_grouped_gemm": true },
      "0.3.1",
      "AssertionError: delay_wgrad_compute is not supported with legacy groupedgemm implementation",
    ],
  ])("delayed weight gradients: %s", (_, knobs, version, expected) => {
    expect(run(() => overlapProblem(startUp(knobs, { version })))).toBe(expected);
  });

  it("stumbles over the first precondition, whatever is open behind it", () => {
    const open = { "model.moe_token_dispatcher_type": OPEN, "model.recompute_method": OPEN };
    const at = startUp({ ...EP, ...open, "model.expert_model_parallel_size": 1 });
    expect(decide(() => overlapProblem(at), answers, { either: () => "open" })).toMatch(
      /expert_model_parallel_size > 1$/,
    );
  });

  it("is erased where only the model asks for it", () => {
    const at = startUp({ ...ON, "model.overlap_moe_expert_parallel_comm": true });
    expect(effective(at, "model.overlap_moe_expert_parallel_comm")).toEqual([false]);
  });
});

describe("Megatron-FSDP", () => {
  const SHARDED = { "ddp.use_megatron_fsdp": true };
  const fsdpRules = (at: StartUp<Held>) => rulesOf(at).filter((rule) => rule.startsWith("fsdp-"));

  it.each<[string, string[]]>([
    ["0.4.2", []],
    ["0.5.0", ["fsdp-shards-optimizer"]],
  ])("brings the distributed optimizer along, in %s or not", (version, rules) => {
    const off = { "ddp.use_distributed_optimizer": false, "optimizer.use_distributed_optimizer": false };
    expect(fsdpRules(startUp({ ...SHARDED, ...off }, { version }))).toEqual(rules);
    expect(fsdpRules(startUp({ "dist.use_megatron_fsdp": true, ...off }, { version }))).toEqual(rules);
    expect(fsdpRules(startUp(off, { version }))).toEqual([]);
  });

  it("does without either overlap in its second version", () => {
    const second = { ...ON, ...SHARDED, "ddp.megatron_fsdp_version": 2 };
    const never = ["fsdp-never-overlaps", "fsdp-never-overlaps"];
    expect(fsdpRules(startUp(second, { version: "0.7.0.dev0" }))).toEqual(never);
    expect(fsdpRules(startUp(second))).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ["optim_grads_params", "0.6.2", ["fsdp-overlaps-anyway", "fsdp-overlaps-anyway"]],
    ["optim_grads", "0.6.2", ["fsdp-overlaps-anyway"]],
    ["optim_grads", "0.2.2", []],
    ["optim", "0.6.2", []],
  ])("overlaps what %s shards in %s, whatever the flags say", (strategy, version, rules) => {
    const knobs = { ...SHARDED, "ddp.data_parallel_sharding_strategy": strategy };
    expect(fsdpRules(startUp(knobs, { version }))).toEqual(rules);
  });
});

describe("errors that come later", () => {
  it.each<[string, Knobs, string]>([
    [
      "deferral without a limit",
      { ...ON, ...PP, "comm_overlap.defer_embedding_wgrad_compute": true },
      "deferral-without-limit",
    ],
    [
      "deferral without a pipeline",
      { ...ON, "comm_overlap.defer_embedding_wgrad_compute": true },
      "deferral-without-pipeline",
    ],
    [
      "gathering without reducing",
      { ...ON, "comm_overlap.overlap_grad_reduce": false },
      "gather-without-reduce",
    ],
    ["two sizes of buckets", { ...ON, "ddp.num_buckets": 4 }, "buckets-twice"],
    [
      "FSDP with one connection",
      { "ddp.use_megatron_fsdp": true, "env_vars.CUDA_DEVICE_MAX_CONNECTIONS": "1" },
      "fsdp-with-one-connection",
    ],
    [
      "FSDP by its other flag with one connection, as a number",
      { "dist.use_megatron_fsdp": true, "env_vars.CUDA_DEVICE_MAX_CONNECTIONS": 1 },
      "fsdp-with-one-connection",
    ],
    ["FP4 with TP overlap", { ...ON, ...TP, "model.fp4": "e2m1" }, "tp-overlap-of-fp4"],
    ["FP8 parameters without FP8", { "model.fp8_param": true }, "low-precision-parameters"],
  ])("%s", (_, knobs, rule) => {
    expect(rulesOf(startUp(knobs))).toContain(rule);
  });
});

it("asks both ways where an answer is open", () => {
  const at = startUp({ ...ON, "model.tensor_model_parallel_size": OPEN, "model.sequence_parallel": true });
  const both = decide<Held, Plain[]>(
    function* () {
      const field = yield* effectiveField(at, "model", "tp_comm_overlap");
      return [field?.value ?? null];
    },
    answers,
    { either: (_, then, otherwise) => [...then, ...otherwise] },
  );
  expect(both).toEqual([true, false]);
});

describe("what ends the run behind start-up", () => {
  const AWARE = { "optimizer.use_precision_aware_optimizer": true };
  it.each<[string, Knobs, Case, string[]]>([
    ["a precision-aware optimizer that shards", AWARE, {}, []],
    [
      "one that only `validate` would make shard",
      { ...AWARE, "optimizer.use_distributed_optimizer": false },
      {},
      ["distributed-optimizer-out-of-sync", "precision-aware-alone"],
    ],
    ["processes that fit", TP, { processes: { worldSize: 8 } }, []],
    ["processes left over", TP, { processes: { worldSize: 6 } }, ["world-size-does-not-fit"]],
    ["those of MegatronMIMO", TP, { processes: { worldSize: 6 }, isMimo: true }, []],
    [
      "deferral without a pipeline",
      { "model.defer_embedding_wgrad_compute": true },
      {},
      ["deferral-without-pipeline"],
    ],
    [
      "what nobody reads of MegatronMIMO",
      { "model.defer_embedding_wgrad_compute": true },
      { isMimo: true },
      [],
    ],
  ])("%s", (_, knobs, circumstances, rules) => {
    expect(rulesOf(startUp(knobs, circumstances))).toEqual(rules);
  });

  const MXFP8 = new Map<string, Plain>([
    ["fp8_param_gather", true],
    ["fp8_recipe", "mxfp8"],
    ["reuse_grad_buf_for_mxfp8_param_ag", false],
  ]);
  it.each<[string, Knobs, string, boolean, string[]]>([
    ["is `finalize`'s error before 0.5", {}, "0.4.2", true, []],
    ["is `validate`'s from 0.5 on", {}, "0.5.0", false, ["gathered-without-reuse"]],
    ["is none with Megatron-FSDP", { "ddp.use_megatron_fsdp": true }, "0.5.0", false, []],
  ])("MXFP8 parameters gathered without the gradients' buffer: %s", (_, knobs, version, raises, rules) => {
    const at = startUp(knobs, { version });
    const get = (field: string) => ({ value: MXFP8.get(field) ?? null });
    const precision = { kind: "fields" as const, names: new Set(MXFP8.keys()), get };
    const told = rulesOf({ ...at, declared: { ...at.declared, precision } });
    expect(told.filter((rule) => rule !== "reused-buffer-alone")).toEqual(rules);
    expect(finalizeProblem((field) => MXFP8.get(field), version) !== null).toBe(raises);
  });
});
