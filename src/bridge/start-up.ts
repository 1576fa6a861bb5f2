import type { ReadSection, Section } from "./names.ts";
import { isMoreThan, type Asking } from "./questions.ts";

/** Under what Bridge starts up. */
export interface Circumstances {
  /** Version of Bridge. */
  readonly version: string;
  readonly processes: Processes;
  /** Whether Transformer Engine is installed. */
  readonly te: boolean;
}

/** A number of processes, or as many as make this data-parallel size. */
export type Processes = { readonly dp: number } | { readonly worldSize: number };

/** A container as a recipe returned it, over any kind of value `V`. */
export interface Declared<V> {
  /** What `mixed_precision` holds, a name already resolved to its object; throws for a name that Bridge does not know. */
  readonly precision: PrecisionState<V>;
  /** Whether `comm_overlap` holds an object, so that Bridge calls its `setup`. */
  readonly hasOverlap: boolean;
  /** A MegatronMIMO model: Bridge runs neither `mixed_precision.setup` nor `comm_overlap.setup`. */
  readonly isMimo: boolean;
  /** A declared field; null where the object has no such field. */
  get(section: ReadSection, field: string): V | null;
  /** An unknown that stands for a field of which it cannot be told whether the object has it; else null. */
  uncertain(section: Section, field: string): V | null;
}

export type PrecisionState<V> =
  /** Nothing is copied; the names are those of the fields that would be. */
  | { readonly kind: "none"; readonly names: ReadonlySet<string> }
  | { readonly kind: "fields"; readonly names: ReadonlySet<string>; get(field: string): V }
  /** It may be None, so that the declared value may survive: the unknown must depend on it. */
  | { readonly kind: "unknown"; unknown(field: string, declared: V): V };

/** A value after a step of start-up. */
export interface Resolved<V> {
  readonly value: V;
  /** The step of Bridge that set it; null where the declared value stays. */
  readonly decidedBy: string | null;
  /** What made the step choose this value, in a few words; null where it merely copies. */
  readonly why: string | null;
}

/** A container at start-up, and what is needed to read it. */
export interface StartUp<V> extends Circumstances {
  readonly declared: Declared<V>;
  readonly constant: (value: null | boolean | number | string) => V;
}

/** A declared field, or the value that stands for a field that the object lacks. */
export function fieldOr<V>(
  { declared, constant }: StartUp<V>,
  [section, field]: readonly [ReadSection, string],
  missing: null | boolean | number,
): V {
  return declared.get(section, field) ?? constant(missing);
}

/** TP · PP · CP: the sizes that data parallelism is what is left of. Source: `ConfigContainer.get_data_parallel_size`. */
const LAYOUT = ["tensor_model_parallel_size", "pipeline_model_parallel_size", "context_parallel_size"];

/** Whether there is more than one data-parallel replica. CP and EP do not count. */
export function* isDataParallel<V>(at: StartUp<V>): Asking<V, boolean> {
  const { processes } = at;
  if ("dp" in processes) return processes.dp > 1;
  const sizes = LAYOUT.map((field) => fieldOr(at, ["model", field], 1));
  return yield { about: sizes, is: { kind: "data parallel in", worldSize: processes.worldSize } };
}

/** Whether the processes are a multiple of the model's size: Bridge asserts it before it looks at comm_overlap. */
export function* isDealtOut<V>(at: StartUp<V>): Asking<V, boolean> {
  const { processes } = at;
  if ("dp" in processes) return true;
  const sizes = LAYOUT.map((field) => fieldOr(at, ["model", field], 1));
  return yield { about: sizes, is: { kind: "dealt out in", worldSize: processes.worldSize } };
}

/** Whether layers are split over more than one pipeline stage. */
export function hasPipeline<V>(at: StartUp<V>): Asking<V, boolean> {
  return isMoreThan(fieldOr(at, ["model", "pipeline_model_parallel_size"], 1), 1);
}

/** Whether stages hold more than one chunk of layers: None counts as one. */
export function isInterleaved<V>(at: StartUp<V>): Asking<V, boolean> {
  return isMoreThan(fieldOr(at, ["model", "virtual_pipeline_model_parallel_size"], 1), 1);
}
