/** What a knob is about, as a risk line says it: "2 recipes change …". */
export interface KnobKind {
  readonly about: string;
  readonly fields: RegExp;
  /** Only in this section of the container; anywhere if absent. */
  readonly section?: string;
}

/** Kinds of knobs, those that decide over numerical results first. A knob is of the first kind that it fits. */
const KINDS: readonly KnobKind[] = [
  { about: "what gradients are reduced in", fields: /^grad_reduce_in_fp32$|^main_grads_dtype$/ },
  { about: "FP8 or FP4", fields: /fp8|fp4|^(first_last_layers|num_layers_at_(start|end)_in)_bf16$/ },
  {
    about: "what parameters and activations are kept in",
    fields: /^(bf16|fp16|fp32)$|_dtype$|^autocast_enabled$|^use_precision_aware_optimizer$/,
  },
  { about: "loss scaling", fields: /loss_scale|^hysteresis$/ },
  { about: "tensor-parallel overlap", fields: /^tp_comm_/ },
  {
    about: "pipeline-parallel overlap",
    fields: /p2p_comm|^defer_embedding_wgrad_compute$|^wgrad_deferral_limit$/,
  },
  { about: "expert-parallel overlap", fields: /^overlap_moe_expert_parallel_comm$|^delay_wgrad_compute$/ },
  {
    about: "data-parallel overlap",
    fields:
      /^overlap_(grad_reduce|param_gather)|^align_param_gather$|^bucket_size$|^use_distributed_optimizer$/,
  },
  {
    about: "the parallel layout",
    fields: /_parallel_size$|^sequence_parallel$|pipeline_model_parallel|_pipeline_stage$|_pipeline_split$/,
  },
  {
    about: "how parameters, gradients and optimizer state are sharded",
    fields: /fsdp|sharding_strategy$/,
  },
  { about: "the batch size", fields: /batch_size/ },
  { about: "the sequence length", fields: /^seq(uence)?_length$/ },
  { about: "the learning rate or its schedule", fields: /(^|_)lr(_|$)/ },
  { about: "the environment", fields: /./, section: "env_vars" },
];

/** What else a knob may be about. */
const OTHER = "other knobs";

/** The kinds' names, the most consequential first. */
export const KNOB_KINDS: readonly string[] = [...KINDS.map(({ about }) => about), OTHER];

/** The name of a knob's kind. */
export function kindOfKnob(knob: string): string {
  const dot = knob.indexOf(".");
  const section = knob.slice(0, dot);
  const field = knob.slice(dot + 1);
  const kind = KINDS.find((one) => one.fields.test(field) && (one.section ?? section) === section);
  return dot < 0 || kind === undefined ? OTHER : kind.about;
}
