/** A GPU generation that user buffers were tuned on. */
export type GpuFamily = "h100" | "b200";

/** What the name of a user-buffer preset says: where it was tuned. */
export interface PresetName {
  readonly name: string;
  readonly precision: "bf16" | "fp8";
  readonly gpu: GpuFamily;
  readonly hidden: number;
  readonly tp: number;
  /** One where the name says nothing of it. */
  readonly cp: number;
  readonly mbs: number;
  readonly seq: number;
  readonly lora: boolean;
}

const NAME =
  /^userbuffers_(?<precision>bf16|fp8)_(?<gpu>h100|b200)_h(?<hidden>\d+)_tp(?<tp>\d+)(?:_cp(?<cp>\d+))?_mbs(?<mbs>\d+)_seqlen(?<seq>\d+)(?<lora>_lora)?$/;

/** Reads a preset's name; null for one that the grammar does not cover. */
export function readPresetName(name: string): PresetName | null {
  const parts = NAME.exec(name)?.groups;
  if (!parts) return null;
  return {
    name,
    precision: parts["precision"] === "fp8" ? "fp8" : "bf16",
    gpu: parts["gpu"] === "b200" ? "b200" : "h100",
    hidden: Number(parts["hidden"]),
    tp: Number(parts["tp"]),
    cp: Number(parts["cp"] ?? 1),
    mbs: Number(parts["mbs"]),
    seq: Number(parts["seq"]),
    lora: parts["lora"] !== undefined,
  };
}

const FAMILIES: Readonly<Record<string, GpuFamily>> = {
  h100: "h100",
  h200: "h100",
  b200: "b200",
  b300: "b200",
  gb200: "b200",
  gb300: "b200",
  vr200: "b200",
  r100: "b200",
};

/** The GPUs that there are presets for, as users name them. */
export const PRESET_GPUS: readonly string[] = Object.keys(FAMILIES);

/** Whose presets a GPU takes: upstream uses those of B200 on every later part; null where there are none. */
export function gpuFamily(gpu: string): GpuFamily | null {
  return FAMILIES[gpu.toLowerCase()] ?? null;
}
