/** Where Bridge and Megatron-Core define what we model. The same in every released version. */
export const PATHS = {
  container: "megatron.bridge.training.config.ConfigContainer",
  mixedPrecision: "megatron.bridge.training.mixed_precision.MixedPrecisionConfig",
  mixedPrecisionModule: "megatron.bridge.training.mixed_precision",
  getMixedPrecision: "megatron.bridge.training.mixed_precision.get_mixed_precision_config",
  registerPrecision: "megatron.bridge.training.mixed_precision.register",
  commOverlapModule: "megatron.bridge.training.comm_overlap",
  commOverlap: "megatron.bridge.training.comm_overlap.CommOverlapConfig",
  autoBridge: "megatron.bridge.models.conversion.auto_bridge.AutoBridge",
  ddp: "megatron.core.distributed.distributed_data_parallel_config.DistributedDataParallelConfig",
  optimizer: "megatron.core.optimizer.optimizer_config.OptimizerConfig",
  transformer: "megatron.core.transformer.transformer_config.TransformerConfig",
  modelParallel: "megatron.core.model_parallel_config.ModelParallelConfig",
  mimo: "MegatronMIMOProvider",
} as const;

/** The parts of a container that hold knobs, in the order in which reports list them. */
export const SECTIONS = [
  "mixed_precision",
  "comm_overlap",
  "model",
  "ddp",
  "optimizer",
  "train",
  "env_vars",
] as const;
export type Section = (typeof SECTIONS)[number];

/** Sections that start-up reads; those beside the ones above hold no knob of ours. */
export type ReadSection = Section | "dist";

/** Dataclasses that are declared with `kw_only=True`. */
const KEYWORD_ONLY: ReadonlySet<string> = new Set([PATHS.container, PATHS.commOverlap]);

export function takesKeywordsOnly(path: string): boolean {
  return KEYWORD_ONLY.has(path);
}

/** Functions that take a container and start training with it. */
const LAUNCHERS = new Set(["pretrain", "finetune", "megatron_mimo_pretrain", "pretrain_megatron_mimo"]);

export function isLauncher(path: string): boolean {
  return path.startsWith("megatron.bridge.") && LAUNCHERS.has(path.split(".").at(-1) ?? "");
}

/** Field pairs that `MixedPrecisionConfig.__setattr__` keeps equal; the constructor assigns the second one last. */
export const PRECISION_TWINS = [
  ["fp8_param", "fp8_param_gather"],
  ["fp4_param", "fp4_param_gather"],
] as const;

/** The name under which `get_mixed_precision_config` finds a recipe: hyphens are accepted since v0.2.0. */
export function precisionFunction(name: string): string {
  return name.replaceAll("-", "_");
}
