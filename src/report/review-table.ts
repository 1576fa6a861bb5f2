import type { RecipeReview, ReviewEffect } from "../outcome.ts";
import { changesIn, isSurprise, starts, stops } from "../review-judgements.ts";
import { scenarioText } from "./fold-effects.ts";
import { grouped } from "./grouped.ts";
import type { Palette } from "./palette.ts";
import { tableLines } from "./table.ts";
import { isUnknown, valueText } from "./value-text.ts";

export interface ReviewTableOptions {
  readonly palette: Palette;
  /** A row for every knob, those that cannot be known any more included. */
  readonly verbose: boolean;
}

/** Recipes that change in the same way, in the order of their first one. */
export function alikeRecipes(recipes: readonly RecipeReview[]): RecipeReview[][] {
  const changed = recipes.filter((recipe) => changesIn(recipe).length > 0);
  return grouped(changed, ({ effects, otherwise = [] }) => [effects, otherwise]);
}

/** What changes in recipes that change in the same way, as the table below their names. */
export function changeLines(alike: readonly RecipeReview[], options: ReviewTableOptions): string[] {
  const { palette } = options;
  const [{ effects, otherwise = [], file } = { effects: [], file: "" }] = alike;
  const stopped = effects.find(stops);
  const started = effects.find(starts);
  if (stopped) return [`  ${palette.red(`no longer runs: ${valueText(stopped.after)}`)}`];
  if (started) return [`  ${palette.green(`runs, where it raised before: ${valueText(started.before)}`)}`];
  const isLocal = alike.every((one) => one.file === file);
  const decider = (effect: ReviewEffect) => deciderText(effect, isLocal ? file : null);
  const lost = options.verbose ? [] : lostIn(effects);
  const rows = effects
    .filter((effect) => !lost.includes(effect))
    .map((effect) => ({ cells: cellsOf(effect, decider(effect)), isMarked: isSurprise(effect) }));
  return [
    ...tableLines([" ", "knob", "before", "after", "decided by"], rows, palette),
    ...lostLines(lost, decider, palette),
    ...otherwise.map((one) =>
      markedLine(`${one.knob} for callers who pass other arguments`, !isSurprise(one), palette),
    ),
  ];
}

/** As many knobs that cannot be known any more are listed; more are counted. */
const MOST_UNKNOWN = 3;

/** Where what sets a whole section cannot be followed, dozens of knobs are unknown for one reason. */
function lostIn(effects: readonly ReviewEffect[]): readonly ReviewEffect[] {
  const lost = effects.filter(({ after }) => isUnknown(after));
  return lost.length > MOST_UNKNOWN ? lost : [];
}

function lostLines(
  lost: readonly ReviewEffect[],
  decider: (effect: ReviewEffect) => string,
  palette: Palette,
): string[] {
  const groups = grouped(lost, (effect) => [decider(effect), isSurprise(effect)]);
  return groups.flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const knobs = [...new Set(same.map(({ knob }) => knob))];
    const rest = knobs.length - MOST_UNKNOWN;
    const named =
      rest <= 1 ? knobs.join(", ") : `${knobs.slice(0, MOST_UNKNOWN).join(", ")} and ${rest} more knobs`;
    const by = decider(first);
    const where = by === "default" ? "" : `, since ${by}`;
    return [
      markedLine(`no longer to be known${where}: ${named}; --verbose says why`, !isSurprise(first), palette),
    ];
  });
}

function markedLine(text: string, isExpected: boolean, palette: Palette): string {
  const line = `  ${isExpected ? " " : "!"}  ${text}`;
  return isExpected ? line : palette.yellow(line);
}

function cellsOf(effect: ReviewEffect, decider: string): string[] {
  const { knob, before, after, scenario } = effect;
  const where = scenario === undefined ? "" : ` (${scenarioText(scenario)})`;
  return [isSurprise(effect) ? "!" : "", `${knob}${where}`, valueText(before), valueText(after), decider];
}

/** `line 8` in the file that all of the recipes are in, else the file, too. */
function deciderText({ decidedBy, why }: ReviewEffect, file: string | null): string {
  const isHere = file !== null && decidedBy.startsWith(`${file}:`);
  const by = isHere ? `line ${decidedBy.slice(file.length + 1)}` : decidedBy;
  return why === undefined ? by : `${by}: ${why}`;
}
