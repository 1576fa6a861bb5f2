/** Fields that `MixedPrecisionConfig.setup` copies to the model (v0.1.0rc4 to v0.6.2). */
const MODEL =
  `fp16 bf16 params_dtype pipeline_dtype autocast_dtype fp8 fp8_recipe first_last_layers_bf16 fp8_margin
  fp8_amax_history_len fp8_amax_compute_algo fp8_wgrad fp8_dot_product_attention fp8_multi_head_attention fp8_param
  fp4 fp4_recipe fp4_param num_layers_at_start_in_bf16 num_layers_at_end_in_bf16`.split(/\s+/);

const OPTIMIZER =
  `fp16 bf16 params_dtype fp8_recipe loss_scale initial_loss_scale min_loss_scale loss_scale_window
  hysteresis reuse_grad_buf_for_mxfp8_param_ag`.split(/\s+/);

const DDP = `grad_reduce_in_fp32 fp8_param_gather fp4_param_gather reuse_grad_buf_for_mxfp8_param_ag`.split(
  /\s+/,
);

/** Every knob that mixed precision decides, as `section.field`. */
export const PRECISION_KNOBS: readonly string[] = [
  ...MODEL.map((field) => `model.${field}`),
  ...OPTIMIZER.map((field) => `optimizer.${field}`),
  ...DDP.map((field) => `ddp.${field}`),
];

const KNOWN = new Set(PRECISION_KNOBS);

export function isPrecisionKnob(section: string, field: string): boolean {
  return KNOWN.has(`${section}.${field}`);
}

/** Whether moving an optimizer's field would also change the model, which the recipe did not ask for. */
export function alsoSetsModel(field: string): boolean {
  return OPTIMIZER.includes(field) && MODEL.includes(field);
}
