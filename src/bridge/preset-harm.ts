import type { Json } from "../json.ts";
import { readPresetName } from "./preset-names.ts";

/** What a run computes in, as far as user buffers care: delayed scaling alone reduces in FP8. */
export type RunPrecision = "bf16" | "fp8-delayed" | "fp8" | "nvfp4" | "other";

/** What decides whether a preset breaks a run. */
export interface HarmFacts {
  readonly precision: RunPrecision;
  readonly peft: boolean;
}

/** Why TP overlap and NVFP4 do not go together, whatever the preset. */
export const NVFP4_HARM =
  "with NVFP4 Transformer Engine asks for FP8 user buffers, and Bridge makes none of them";

/**
 * Why a preset with TP overlap on breaks a run, or undoes part of it; null where it is at worst tuned for something
 * else. Source: `PipelineOverlapCfg.fp8_buf` defaults to `(False,)`, which is true, so that Transformer Engine takes
 * one byte an element for the buffer of a reduce-scatter (v2.6 to v2.17).
 */
export function presetHarm(name: string, value: Json, { precision, peft }: HarmFacts): string | null {
  if (precision === "nvfp4") return NVFP4_HARM;
  if (precision === "fp8" || precision === "fp8-delayed") {
    const buffers = Object.values(entriesOf(value)).map(byteBuffer);
    if (buffers.includes("by default"))
      return "in an FP8 run its pipelined reduce-scatter gets one-byte buffers, since the default of fp8_buf counts as true";
    if (buffers.includes("asked for") && precision === "fp8")
      return "it asks for FP8 buffers (fp8_buf=True), which only delayed scaling fills";
  }
  if (readPresetName(name)?.lora === true && !peft)
    return "it is for LoRA: in full training it takes away the overlap of the qkv and fc1 weight gradients";
  return null;
}

/** Whether an entry of a preset makes Transformer Engine take one-byte buffers once the run is in FP8. */
function byteBuffer(entry: Json): "asked for" | "by default" | "no" {
  const { class: type, fields } = objectOf(entry);
  const given = objectOf(fields)["fp8_buf"];
  if (given !== undefined) return given === false ? "no" : "asked for";
  return typeof type === "string" && type.endsWith(".PipelineOverlapCfg") ? "by default" : "no";
}

function entriesOf(preset: Json): Readonly<Record<string, Json>> {
  return objectOf(objectOf(preset)["fields"]);
}

function objectOf(json: Json | undefined): Readonly<Record<string, Json>> {
  return json !== null && typeof json === "object" && !Array.isArray(json)
    ? (json as Readonly<Record<string, Json>>)
    : {};
}
