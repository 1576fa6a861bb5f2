/** What to do about a dead write: make it take effect, keep what runs and delete it, or touch nothing. */
export type Intent = "honor" | "preserve" | "report";

/** What a run may do, the same for every codemod. */
export interface Policy {
  readonly intent: Intent;
  /** Apply only fixes that change nothing in what runs. */
  readonly onlyPreserving: boolean;
  /** Apply fixes whose effect could not be proved, too. */
  readonly allowUnproven: boolean;
  readonly scenarios: ScenarioRequest;
  /** Leave a marker comment at each finding that a person has to deal with. */
  readonly annotate?: boolean;
  /** At most so many threads, by default as many as the machine runs at once; no result depends on it. */
  readonly threads?: number;
}

/** A number of processes, or as many as make this data-parallel size. */
export type WorldSize = number | { readonly dp: number };

/** What to prove for: DP 8 and DP 1 when null; from the recipe's name (`_64gpu_`); or sizes. */
export interface ScenarioRequest {
  readonly worldSize: "auto" | "name" | readonly WorldSize[] | null;
  readonly gpu: string | null;
  /** Whether Transformer Engine is installed. */
  readonly te: boolean;
}

/** What is proved for unless the user names something else. */
export const DEFAULT_SCENARIOS: ScenarioRequest = { worldSize: null, gpu: null, te: true };

/** Below this many bytes all files are parsed, so that broken Python is found in files without recipes, too. */
export const PARSE_ALL_BELOW = 1024 * 1024;
