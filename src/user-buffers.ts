import type { Json } from "./json.ts";
import {
  fitPreset,
  presetDifferences,
  type Difference,
  type Fit,
  type RunFacts,
} from "./bridge/preset-fit.ts";
import { NVFP4_HARM, presetHarm, type RunPrecision } from "./bridge/preset-harm.ts";
import { PRESET_GPUS } from "./bridge/preset-names.ts";
import type { Effective } from "./effects.ts";
import { freeze } from "./recipe/frozen.ts";
import type { Value } from "./recipe/value.ts";
import { hiddenSizeOf, trainsAdapters } from "./traits.ts";
import type { Way } from "./ways.ts";

export { differenceText, isUpstreamPractice, type Difference, type Fit } from "./bridge/preset-fit.ts";

/** Which user buffers fit one way of a recipe, as far as it can be known. */
export interface UserBuffers {
  /** Null where something decisive is not known. */
  readonly fit: Fit | null;
  /** What is not known and decides, each with what to do about it. */
  readonly missing: readonly string[];
  /** Why TP overlap fails here, with a preset or without; null where it does not. */
  readonly obstacle: string | null;
  /** The preset that a value is, the likeliest for this run where several have the same values; null for no preset. */
  nameOf(value: Value): string | null;
  /** Why a preset breaks this run; null where it does not, or where that cannot be known. */
  harmOf(preset: string): string | null;
  /** In what the run is not what a preset's name says; null where that cannot be known. */
  differencesFrom(preset: string): readonly Difference[] | null;
}

/** Chooses user buffers for one way of a recipe among the presets of the catalog. */
export function userBuffersFor(way: Way, presets: Readonly<Record<string, Json>>): UserBuffers {
  const { effective, gpu } = way;
  const precision = precisionOf(effective);
  const hidden = hiddenSizeOf(way);
  const peft = trainsAdapters(way);
  const known =
    precision === null || hidden === null || peft === null
      ? null
      : { precision, hidden, peft, ...sizesOf(effective) };
  const facts: RunFacts | null = known === null || gpu === null ? null : { ...known, gpu };
  const missing = [
    ...(gpu === null ? [`the GPU (pass --gpu, one of ${PRESET_GPUS.join(", ")})`] : []),
    ...(hidden === null ? ["the hidden size (set model.hidden_size in the recipe)"] : []),
    ...(precision === null ? ["the precision"] : []),
    ...(peft === null ? ["whether this is full training (assign cfg.peft in the recipe)"] : []),
  ];
  return {
    fit: facts ? fitPreset(presets, facts) : gpu === null ? fitOnNone(presets, known) : null,
    missing,
    obstacle: precision === "nvfp4" ? NVFP4_HARM : null,
    nameOf: (value) => likeliest(presetsEqualTo(value, presets), facts),
    harmOf: (preset) =>
      precision === null || peft === null
        ? null
        : presetHarm(preset, presets[preset] ?? null, { precision, peft }),
    differencesFrom: (preset) => facts && presetDifferences(preset, facts),
  };
}

/** That no preset fits, where none would on any GPU; null where it depends on the GPU. */
function fitOnNone(presets: Readonly<Record<string, Json>>, known: Omit<RunFacts, "gpu"> | null): Fit | null {
  const fits = known === null ? [] : PRESET_GPUS.map((gpu) => fitPreset(presets, { ...known, gpu }));
  return fits.every(({ label }) => label === "none") ? (fits[0] ?? null) : null;
}

/** The presets with the values of a value; the catalog keeps of Bridge's own recipes the values alone. */
function presetsEqualTo(value: Value, presets: Readonly<Record<string, Json>>): readonly string[] {
  if (value.kind === "symbol") {
    const name = value.path.split(".").at(-1) ?? value.path;
    return name in presets ? [name] : [];
  }
  if (value.kind !== "object") return [];
  const printed = canonical(freeze(value));
  return Object.keys(presets).filter((name) => canonical(presets[name] ?? null) === printed);
}

function likeliest(names: readonly string[], facts: RunFacts | null): string | null {
  const missed = (name: string) => (facts && presetDifferences(name, facts)?.length) ?? 0;
  return [...names].sort((a, b) => missed(a) - missed(b))[0] ?? null;
}

/** JSON with the keys of objects in order. */
function canonical(json: unknown): string {
  return JSON.stringify(json, (_key, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** What the run computes in once mixed precision is set up; null where it cannot be known. */
function precisionOf(effective: Effective): RunPrecision | null {
  const [fp4, fp8, recipe, bf16, fp16] = ["fp4", "fp8", "fp8_recipe", "bf16", "fp16"].map((field) =>
    constantOf(effective.resolved(`model.${field}`)?.value ?? null),
  );
  if (fp4 === undefined || fp8 === undefined) return null;
  if (isOn(fp4)) return "nvfp4";
  if (isOn(fp8)) return recipe === undefined ? null : recipe === "delayed" ? "fp8-delayed" : "fp8";
  if (bf16 === true) return "bf16";
  return bf16 === undefined || fp16 === undefined ? null : "other";
}

function isOn(value: Json | undefined): boolean {
  return value !== null && value !== false;
}

function sizesOf(effective: Effective): Pick<RunFacts, "tp" | "cp" | "mbs" | "seq"> {
  const size = (knob: string, none: number | null) => {
    const value = constantOf(effective.resolved(knob)?.value ?? null);
    return typeof value === "number" ? value : value === null ? none : null;
  };
  return {
    tp: size("model.tensor_model_parallel_size", 1),
    cp: size("model.context_parallel_size", 1),
    mbs: size("train.micro_batch_size", null),
    seq: size("model.seq_length", null),
  };
}

/** The constant that a value is; undefined for anything else, null for a knob that is not there. */
function constantOf(value: Value | null): null | boolean | number | string | undefined {
  if (value === null) return null;
  return value.kind === "const" ? value.value : undefined;
}
