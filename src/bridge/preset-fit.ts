import type { Json } from "../json.ts";
import { presetHarm, type RunPrecision } from "./preset-harm.ts";
import { gpuFamily, readPresetName, type PresetName } from "./preset-names.ts";

/** What has to be known of a run to choose its user buffers; null for a size that is not known. */
export interface RunFacts {
  readonly precision: RunPrecision;
  readonly gpu: string;
  readonly hidden: number;
  readonly peft: boolean;
  readonly tp: number | null;
  readonly cp: number | null;
  readonly mbs: number | null;
  readonly seq: number | null;
}

/** Something in which a run is not what a preset's name says. */
export interface Difference {
  readonly axis: "precision" | "gpu" | "hidden" | "suffix" | "tp" | "cp" | "mbs" | "seq";
  readonly preset: string | number;
  /** Null where it is not known of the run. */
  readonly run: string | number | null;
}

/** A preset beside a run. */
export interface Match {
  readonly preset: string;
  readonly differences: readonly Difference[];
}

export type Fit =
  /** Every part of the name is the run's; or only parts that upstream's own recipes pass over. */
  | (Match & { readonly label: "exact" | "upstream-practice" })
  /** No preset fits: Transformer Engine's own defaults apply. */
  | { readonly label: "none"; readonly nearest: readonly Match[] };

/** Parts of a name that decide whether a preset fits at all; the others only say how well. */
const DECISIVE: ReadonlySet<Difference["axis"]> = new Set(["precision", "hidden", "suffix"]);

/** How many presets are named where none fits. */
const NEAREST = 3;

/**
 * The preset for a run. Precision class, GPU family, hidden size and suffix must match; of what is left, the nearest in
 * TP, then in tokens a rank, then in CP, micro-batch and sequence length. Nothing that would break the run is chosen.
 */
export function fitPreset(presets: Readonly<Record<string, Json>>, facts: RunFacts): Fit {
  const named = Object.keys(presets)
    .filter((name) => presetHarm(name, presets[name] ?? null, facts) === null)
    .flatMap((name) => readPresetName(name) ?? []);
  const fitting = named
    .filter((preset) => isFor(preset, facts))
    .sort((a, b) => compare(distances(a, facts), distances(b, facts)) || byName(a, b));
  const [best] = fitting;
  if (!best) return { label: "none", nearest: nearestTo(named, facts) };
  const match = matchOf(best, facts);
  return { ...match, label: match.differences.length === 0 ? "exact" : "upstream-practice" };
}

/** In what a run differs from the name of a preset; null where the name cannot be read. */
export function presetDifferences(name: string, facts: RunFacts): readonly Difference[] | null {
  const preset = readPresetName(name);
  return preset ? matchOf(preset, facts).differences : null;
}

/** Whether differences leave a preset usable in the way that upstream's own recipes use it. */
export function isUpstreamPractice(differences: readonly Difference[]): boolean {
  return differences.every((one) =>
    one.axis === "gpu" ? gpuFamily(String(one.run)) === one.preset : !DECISIVE.has(one.axis),
  );
}

function isFor(preset: PresetName, facts: RunFacts): boolean {
  return isUpstreamPractice(matchOf(preset, facts).differences);
}

function matchOf(preset: PresetName, facts: RunFacts): Match {
  const { precision, gpu, hidden, peft, tp, cp, mbs, seq } = facts;
  const pairs: Record<Difference["axis"], readonly [string | number, string | number | null]> = {
    precision: [preset.precision, precision.startsWith("fp8") ? "fp8" : precision],
    gpu: [preset.gpu, gpu.toLowerCase()],
    hidden: [preset.hidden, hidden],
    suffix: [preset.lora ? "lora" : "", peft ? "lora" : ""],
    tp: [preset.tp, tp],
    cp: [preset.cp, cp],
    mbs: [preset.mbs, mbs],
    seq: [preset.seq, seq],
  };
  const axes = Object.keys(pairs) as Difference["axis"][];
  const differences = axes.flatMap((axis) => {
    const [named, run] = pairs[axis];
    return named === run ? [] : [{ axis, preset: named, run }];
  });
  return { preset: preset.name, differences };
}

/** How far a preset is from a run, the first of these counting most. */
function distances(preset: PresetName, { tp, cp, mbs, seq }: RunFacts): readonly number[] {
  const tokens = tp === null || cp === null || mbs === null || seq === null ? null : (seq * mbs) / cp;
  return [
    ratio(preset.tp, tp),
    ratio((preset.seq * preset.mbs) / preset.cp, tokens),
    ratio(preset.cp, cp),
    ratio(preset.mbs, mbs),
    ratio(preset.seq, seq),
  ];
}

/** How many times one is the other, as a distance: nothing where they are equal or not known. */
function ratio(one: number, other: number | null): number {
  return other === null ? 0 : Math.abs(Math.log(one / other));
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((distance, index) => distance !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The presets that come nearest to fitting: those that miss in the fewest parts that decide. */
function nearestTo(named: readonly PresetName[], facts: RunFacts): Match[] {
  const missed = (preset: PresetName) => {
    const { differences } = matchOf(preset, facts);
    return differences.filter((one) => !isUpstreamPractice([one])).length;
  };
  const rank = (preset: PresetName) => [
    missed(preset),
    ratio(preset.hidden, facts.hidden),
    ...distances(preset, facts),
  ];
  return [...named]
    .sort((a, b) => compare(rank(a), rank(b)) || byName(a, b))
    .slice(0, NEAREST)
    .map((preset) => matchOf(preset, facts));
}

function byName(a: PresetName, b: PresetName): number {
  return a.name < b.name ? -1 : 1;
}

/** `TP 2 (tuned for 4)`, for people. */
export function differenceText({ axis, preset, run }: Difference): string {
  if (axis === "suffix") return preset === "lora" ? "for LoRA only" : "not for LoRA";
  const name = {
    precision: "",
    gpu: "",
    hidden: "hidden size ",
    tp: "TP ",
    cp: "CP ",
    mbs: "micro-batch ",
    seq: "sequence length ",
  }[axis];
  return `${name}${run === null ? "unknown" : String(run)} (tuned for ${String(preset)})`;
}
