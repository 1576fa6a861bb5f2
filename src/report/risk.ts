import type { FileOutcome } from "../outcome.ts";
import { plural } from "./plural.ts";

/** `2 recipes run differently (ddp.x in 2, model.y in 1); 31 files are tidied only`. */
export function riskOf(files: readonly FileOutcome[]): string {
  const recipes = new Set<string>();
  const byKnob = new Map<string, Set<string>>();
  for (const { recipe, knob } of files.flatMap(({ fixes }) => fixes.flatMap(({ effects }) => effects))) {
    recipes.add(recipe);
    byKnob.set(knob, (byKnob.get(knob) ?? new Set()).add(recipe));
  }
  const parts = [
    recipes.size === 0
      ? "Nothing that runs changes"
      : `${plural(recipes.size, "recipe")} ${recipes.size === 1 ? "runs" : "run"} differently (${knobsText(byKnob)})`,
    ...unprovenText(files),
    ...tidiedText(files),
  ];
  return parts.join("; ");
}

const SHOWN = 4;

function knobsText(byKnob: ReadonlyMap<string, ReadonlySet<string>>): string {
  const sorted = [...byKnob].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1));
  const shown = sorted.slice(0, SHOWN).map(([knob, { size }]) => `${knob} in ${size}`);
  const rest = sorted.length - shown.length;
  return [...shown, ...(rest > 0 ? [plural(rest, "more knob")] : [])].join(", ");
}

function unprovenText(files: readonly FileOutcome[]): string[] {
  const count = files.flatMap(({ fixes }) => fixes).filter(({ verdict }) => verdict === "unproven").length;
  return count === 0 ? [] : [`${count} ${count === 1 ? "fix is" : "fixes are"} not proved`];
}

/** Files whose fixes change nothing that runs. */
function tidiedText(files: readonly FileOutcome[]): string[] {
  const tidied = files.filter(
    ({ fixes }) => fixes.length > 0 && fixes.every(({ verdict }) => verdict === "preserving"),
  ).length;
  return tidied === 0 ? [] : [`${plural(tidied, "file")} ${tidied === 1 ? "is" : "are"} tidied only`];
}
