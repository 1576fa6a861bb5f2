/** Fields that `CommOverlapConfig.setup` writes, by the object that it writes them on (v0.2.0 to v0.6.2). */
const WRITTEN = {
  model: `tp_comm_overlap tp_comm_overlap_cfg tp_comm_bootstrap_backend overlap_p2p_comm batch_p2p_comm
    defer_embedding_wgrad_compute wgrad_deferral_limit overlap_moe_expert_parallel_comm delay_wgrad_compute`,
  optimizer: "overlap_param_gather overlap_param_gather_with_optimizer_step",
  ddp: "overlap_grad_reduce overlap_param_gather align_param_gather bucket_size delay_wgrad_compute",
};

/** Every knob that comm_overlap decides, as `section.field`. */
export const OVERLAP_KNOBS: readonly string[] = Object.entries(WRITTEN).flatMap(([section, fields]) =>
  fields.split(/\s+/).map((field) => `${section}.${field}`),
);

/** What opens the gate of the data-parallel half of `setup`; `validate` brings the two in step. */
export const GATE_KNOBS: readonly string[] = [
  "ddp.use_distributed_optimizer",
  "optimizer.use_distributed_optimizer",
];

/** The data-parallel half: what `setup` writes once the gate is open. */
export const DATA_KNOBS: readonly string[] = OVERLAP_KNOBS.filter((knob) => !knob.startsWith("model."));

const KNOWN = new Set(OVERLAP_KNOBS);

export function isOverlapKnob(section: string, field: string): boolean {
  return KNOWN.has(`${section}.${field}`);
}

/** The knobs that a field of comm_overlap decides. The user buffers are read where TP overlap is on. */
export function decidedBy(field: string): readonly string[] {
  const fields = field === "tp_comm_overlap" ? [field, "tp_comm_overlap_cfg"] : [field];
  return OVERLAP_KNOBS.filter((knob) => fields.some((one) => knob.endsWith(`.${one}`)));
}
