// Which knobs of the oracle's records are compared.

const TARGETS = ["model", "optimizer", "ddp"];

/** The sets of knobs that `--knobs` names: each answers, for one record's stage, the dotted paths to compare. */
export const KNOB_SETS = { precision, tables, stated, all };

/** What the oracle's records of one version have in common: the fields of MixedPrecisionConfig. */
export function describeRecords(records) {
  const precisionFields = new Set();
  for (const [name, record] of Object.entries(records)) {
    if (name === "_meta") continue;
    for (const field of Object.keys(record.declared.mixed_precision ?? {})) precisionFields.add(field);
  }
  precisionFields.delete("kind"); // the oracle's own note of what the value was
  return { precisionFields };
}

/** The value at a knob in one stage of a record; `undefined` where the oracle found no such attribute. */
export function valueAt(stage, knob) {
  const dot = knob.indexOf(".");
  if (dot < 0) return stage[knob];
  const section = stage[knob.slice(0, dot)];
  if (knob === PLAN && isSection(section)) return planOf(stage);
  return isSection(section) ? section[knob.slice(dot + 1)] : undefined;
}

const PLAN = "model.tp_comm_overlap_cfg";

/** User buffers on the model, by the name of the preset on `comm_overlap` that they were copied from. */
function planOf({ model, comm_overlap: overlap }) {
  const plan = model.tp_comm_overlap_cfg;
  const source = overlap?.tp_comm_overlap_cfg;
  return isSection(plan) && samePlan(plan, source?.value) ? { preset: source.preset } : plan;
}

/** Whether both say the same: Bridge turns the object into a dict and drops what is None. */
function samePlan(left, right) {
  return JSON.stringify(withoutNone(left)) === JSON.stringify(withoutNone(right));
}

function withoutNone(value) {
  if (!isSection(value)) return value;
  const kept = Object.entries(value).filter(([name, one]) => one !== null && name !== "__class__");
  return Object.fromEntries(kept.sort().map(([name, one]) => [name, withoutNone(one)]));
}

/** Whether only `runtime_config_update` reads a knob: an input, whose consequences are knobs of their own. */
export function isInput(knob) {
  return ["mixed_precision", "comm_overlap"].includes(knob.split(".")[0]);
}

/** The knob of ours that a row of the oracle's comparison belongs to: rows go down into objects. */
export function ownerOf(row) {
  return row.split(".").slice(0, 2).join(".");
}

function precision(stage, { precisionFields }) {
  return TARGETS.flatMap((target) => paths(stage, target)).filter((knob) =>
    precisionFields.has(knob.split(".")[1]),
  );
}

/** What decides overlap and layout, beside precision: the tables of Bridge's own destinations. */
const TABLES = {
  model: `tensor_model_parallel_size pipeline_model_parallel_size virtual_pipeline_model_parallel_size
    context_parallel_size expert_model_parallel_size expert_tensor_parallel_size sequence_parallel tp_comm_overlap
    tp_comm_overlap_cfg tp_comm_bootstrap_backend overlap_p2p_comm batch_p2p_comm defer_embedding_wgrad_compute
    wgrad_deferral_limit overlap_moe_expert_parallel_comm delay_wgrad_compute seq_length hidden_size num_moe_experts
    moe_token_dispatcher_type gradient_accumulation_fusion recompute_granularity recompute_method
    recompute_num_layers recompute_modules cuda_graph_impl`,
  optimizer: `use_distributed_optimizer use_precision_aware_optimizer overlap_param_gather
    overlap_param_gather_with_optimizer_step`,
  ddp: `use_distributed_optimizer average_in_collective data_parallel_sharding_strategy nccl_ub num_buckets
    use_megatron_fsdp megatron_fsdp_version overlap_grad_reduce overlap_param_gather align_param_gather bucket_size
    delay_wgrad_compute`,
  train: "micro_batch_size global_batch_size",
};

function tables(stage, described) {
  const listed = Object.entries(TABLES).flatMap(([section, fields]) =>
    fields.split(/\s+/).map((field) => `${section}.${field}`),
  );
  const env = paths(stage, "env_vars");
  const known = listed.filter((knob) => valueAt(stage, knob) !== undefined);
  return [...new Set([...known, ...env, ...precision(stage, described)])];
}

/** Beside the tables whatever we say something of. */
function stated(stage, described, entry) {
  return [...new Set([...tables(stage, described), ...all(stage).filter((knob) => knob in entry.knobs)])];
}

function all(stage) {
  return Object.keys(stage)
    .flatMap((section) => paths(stage, section))
    .filter(isCompared);
}

function paths(stage, section) {
  return isSection(stage[section]) ? Object.keys(stage[section]).map((field) => `${section}.${field}`) : [];
}

/** `kind` and `__class__` are the oracle's notes; what a string stands for is no knob of `mixed_precision`. */
function isCompared(knob) {
  return !knob.endsWith(".__class__") && !knob.endsWith(".__source__") && !isInput(knob);
}

function isSection(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
