import type { Json } from "../json.ts";

/**
 * A behaviour of Bridge that our model of it relies on, told by a small program of our own that the evaluator runs
 * against Bridge's source.
 */
export interface Anchor {
  readonly id: string;
  readonly what: string;
  /** Where Bridge defines it, below `megatron/bridge`. */
  readonly module: string;
  readonly definition: string;
  /** Python that defines `probe()`, which returns a dict by case; null where the definition being there is enough. */
  readonly python: string | null;
  readonly expected: Readonly<Record<string, Json>>;
}
