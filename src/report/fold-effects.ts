import type { Effect, ScenarioReport } from "../outcome.ts";
import { valueText } from "./value-text.ts";

/** One change of a knob and every recipe that has it. */
export interface FoldedEffect {
  readonly knob: string;
  readonly before: string;
  readonly after: string;
  /** Null for the first scenario. */
  readonly scenario: string | null;
  readonly recipes: readonly string[];
}

/** Brings together the recipes in which a knob changes in the same way. */
export function foldEffects(effects: readonly Effect[]): FoldedEffect[] {
  const folded = new Map<string, FoldedEffect & { recipes: string[] }>();
  for (const { recipe, knob, before, after, scenario } of effects) {
    const one = {
      knob,
      before: valueText(before),
      after: valueText(after),
      scenario: scenario === undefined ? null : scenarioText(scenario),
    };
    const key = JSON.stringify(one);
    const known = folded.get(key) ?? { ...one, recipes: [] };
    folded.set(key, known);
    if (!known.recipes.includes(recipe)) known.recipes.push(recipe);
  }
  return [...folded.values()];
}

/** `recipes.a.f, recipes.a.g and 12 more recipes`. */
export function recipesText(recipes: readonly string[], shown = 2): string {
  const rest = recipes.length - shown;
  if (rest <= 1) return joined(recipes);
  return `${recipes.slice(0, shown).join(", ")} and ${rest} more recipes`;
}

/** `world size 64, DP 8, h100, no Transformer Engine`: what is known of it. */
export function scenarioText({ worldSize, dp, gpu, te }: ScenarioReport): string {
  const parts = [
    worldSize === null ? null : `world size ${worldSize}`,
    dp === null ? null : `DP ${dp}`,
    gpu,
    te ? null : "no Transformer Engine",
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function joined(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
