import { isUpstreamPractice, type Difference, type Fit, type UserBuffers } from "../../src/index.ts";
import type { State } from "./state.ts";

/** What is to be done about the user buffers of one way of a recipe. */
export type Action =
  | { readonly kind: "attach"; readonly preset: string; readonly fit: Chosen }
  /** The preset breaks the run; `instead` is the one that fits, null where none does or none can be chosen. */
  | { readonly kind: "mend"; readonly harm: string; readonly preset: string; readonly instead: string | null }
  /** A preset that the run is not tuned for, but that does no harm. */
  | {
      readonly kind: "mismatch";
      readonly preset: string;
      readonly differences: readonly Difference[];
      readonly fit: Fit | null;
    }
  /** TP overlap fails with NVFP4, with a preset or without. */
  | { readonly kind: "hopeless"; readonly obstacle: string }
  | { readonly kind: "no fit"; readonly fit: Extract<Fit, { label: "none" }> }
  | { readonly kind: "unknown"; readonly missing: readonly string[] }
  /** The project says None itself, or has what fits: nothing to do. */
  | { readonly kind: "nothing" };

type Chosen = Exclude<Fit, { label: "none" }>;

export function actionFor({ buffers, preset, write }: State): Action {
  const { fit, missing } = buffers;
  if (buffers.obstacle !== null) return { kind: "hopeless", obstacle: buffers.obstacle };
  if (preset !== null) return actionWith({ buffers, preset, isOwn: write !== null });
  if (write !== null) return { kind: "nothing" };
  if (fit === null) return { kind: "unknown", missing };
  return fit.label === "none" ? { kind: "no fit", fit } : { kind: "attach", preset: fit.preset, fit };
}

function actionWith({
  buffers,
  preset,
  isOwn,
}: {
  buffers: UserBuffers;
  preset: string;
  isOwn: boolean;
}): Action {
  const { fit } = buffers;
  const harm = buffers.harmOf(preset);
  if (harm !== null)
    return { kind: "mend", harm, preset, instead: fit === null || fit.label === "none" ? null : fit.preset };
  const differences = buffers.differencesFrom(preset);
  if (differences === null || differences.length === 0) return { kind: "nothing" };
  // What Bridge's own recipe attached, in the way that its recipes do, is not this project's to mend.
  if (!isOwn && isUpstreamPractice(differences)) return { kind: "nothing" };
  return { kind: "mismatch", preset, differences, fit };
}
