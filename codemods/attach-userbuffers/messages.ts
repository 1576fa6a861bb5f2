import { differenceText, type Difference, type Fit } from "../../src/index.ts";
import type { Action } from "./action.ts";

type Of<K extends Action["kind"]> = Extract<Action, { kind: K }>;

export function attachMessage({ preset, fit }: Of<"attach">): string {
  return `TP overlap runs without user buffers of its own, on Transformer Engine's defaults. ${preset} fits: ${labelText(fit)}.`;
}

/** What a label means, with the axes that differ. */
function labelText(fit: Extract<Fit, { label: "exact" | "upstream-practice" }>): string {
  return fit.label === "exact"
    ? "exact, every part of its name is this run's"
    : `upstream-practice, which attaches it across such differences: ${listed(fit.differences)}`;
}

export function mendMessage({ preset, harm, instead }: Of<"mend">): string {
  const next =
    instead === null
      ? "Without it Transformer Engine's defaults apply, and TP overlap stays on"
      : `${instead} fits and takes its place`;
  return `${preset} breaks this run: ${harm}. ${next}.`;
}

export function mismatchMessage({ preset, differences, fit }: Of<"mismatch">): string {
  const better =
    fit !== null && fit.label !== "none" && fit.preset !== preset ? ` ${fit.preset} is nearer.` : "";
  const label = fit !== null && fit.label !== "none" && fit.preset === preset ? fit.label : "none";
  return `${preset} was tuned for another run (label: ${label}): ${listed(differences)}. It does no harm; it may only be slower than one tuned for this run.${better}`;
}

export function noFitMessage({ fit }: Of<"no fit">): string {
  const nearest = fit.nearest.map(({ preset, differences }) => `${preset} (${listed(differences)})`);
  return `No user-buffer preset fits (label: none), so Transformer Engine's defaults stay. The nearest: ${nearest.join("; ")}.`;
}

export function hopelessMessage({ obstacle }: Of<"hopeless">): string {
  return `TP overlap is on, and no user buffers can help: ${obstacle}. Turn TP overlap off for this precision.`;
}

export function unknownMessage(missing: readonly string[], recipes: readonly string[]): string {
  const which =
    recipes.length > 1 ? `${String(recipes.length)} recipes of this file` : (recipes[0] ?? "this recipe");
  return `No preset is chosen for ${which}: not known ${missing.length > 1 ? "are" : "is"} ${missing.join(", and ")}. Until then Transformer Engine's defaults apply.`;
}

/** How many needs are told, where there are many. */
const TOLD = 4;

/** What goes through one place and needs different things there: other recipes, or other ways of one. */
export function disagreementMessage(needs: readonly string[]): string {
  const more = needs.length > TOLD ? `; and ${String(needs.length - TOLD)} more` : "";
  return `What comes through here needs different user buffers: ${needs.slice(0, TOLD).join("; ")}${more}. Attach each one's own where only that one passes.`;
}

export function needText(action: Action | null): string {
  if (action === null) return "runs without TP overlap";
  if (action.kind === "attach") return `needs ${action.preset}`;
  if (action.kind === "mend") return `is broken by ${action.preset}`;
  return action.kind === "hopeless" ? "cannot run TP overlap" : "needs none";
}

function listed(differences: readonly Difference[]): string {
  return differences.map(differenceText).join(", ");
}
