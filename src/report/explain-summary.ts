import type { ExplainReport } from "../outcome.ts";
import { differs } from "./explain-text.ts";
import { isUnknown } from "./value-text.ts";
import { plural } from "./plural.ts";

/** `12 recipes; 3 of them write something that does not run as written; 1 function not explained`. */
export function explainSummary({ recipes, unexplained = [] }: ExplainReport): string {
  const names = new Set<string>();
  const surprising = new Set<string>();
  for (const { module, function: name, knobs } of recipes) {
    const recipe = `${module}.${name}`;
    names.add(recipe);
    const isSurprise = Object.values(knobs).some(
      (knob) => knob.writers.length > 0 && differs(knob) && !isUnknown(knob.effective),
    );
    if (isSurprise) surprising.add(recipe);
  }
  const ones = surprising.size === 1 ? "writes" : "write";
  const found =
    surprising.size === 0
      ? "all run as written"
      : `${surprising.size} of them ${ones} something that does not run as written`;
  const rest = unexplained.length === 0 ? [] : [`${unexplainedCount(unexplained)} not explained`];
  const told = names.size === 0 ? [] : [found];
  return [plural(names.size, "recipe"), ...told, ...rest].join("; ");
}

/** `2 functions`. */
export function unexplainedCount({ length }: readonly unknown[]): string {
  return plural(length, "function");
}
