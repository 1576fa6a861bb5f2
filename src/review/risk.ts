import { KNOB_KINDS, kindOfKnob } from "../bridge/knob-kinds.ts";
import type { RecipeReview, ShiftReport } from "../outcome.ts";
import {
  changesIn,
  findingsIn,
  isCaused,
  isImportFinding,
  isOpen,
  isSurelyCaused,
  isSurprise,
  isTidied,
  starts,
  stops,
} from "../review-judgements.ts";

/** What a risk is judged by, beside the recipes. */
export interface RiskSetting {
  /** The files that cannot be read. */
  readonly unjudged: ReadonlySet<string>;
  readonly shift: ShiftReport | null;
}

/** One line that says what to look at, the most consequential first; that the Bridge changes comes before all else. */
export function riskLine(recipes: readonly RecipeReview[], { unjudged, shift }: RiskSetting): string {
  const changes = changesText(recipes, { unjudged, shift });
  if (shift === null) return changes ?? "nothing that runs changes";
  const others = changes ?? (shift.isInDiff ? "nothing that runs changes" : null);
  return [shiftText(shift, recipes), ...(others === null ? [] : [others])].join("; ");
}

function shiftText(
  { label, isInDiff, recipes: all, untold }: ShiftReport,
  recipes: readonly RecipeReview[],
): string {
  const caused = recipes.filter(isSurelyCaused).length;
  const perhaps = recipes.filter(isCaused).length - caused;
  const count = caused === 0 ? "no recipe" : `${caused} of ${all === 1 ? "1 recipe" : `${all} recipes`}`;
  const more = perhaps === 0 ? "" : `, and perhaps ${perhaps}${caused === 0 ? "" : " more"}`;
  const lost =
    untold.length === 0
      ? ""
      : `; nothing can be told of ${untold.length === 1 ? "1 recipe" : `${untold.length} recipes`}`;
  if (isInDiff) return `${label}${lost}`;
  return `${label} by itself changes ${count}${more}${lost}`;
}

/** Null where there is nothing to say. */
function changesText(recipes: readonly RecipeReview[], { unjudged, shift }: RiskSetting): string | null {
  const parts = [
    ...unjudgedParts(unjudged.size),
    ...brokenParts(recipes),
    ...(shift === null ? kindParts(recipes) : foldedKindParts(recipes)),
    ...surpriseParts(recipes),
    ...countParts(recipes),
  ];
  if (parts.length === 0) return null;
  const isQuiet = unjudged.size === 0 && recipes.every(({ status }) => status === "unchanged");
  return [...(isQuiet ? ["nothing that runs changes"] : []), ...parts].join("; ");
}

function unjudgedParts(count: number): string[] {
  if (count === 0) return [];
  return [`${count === 1 ? "1 changed file" : `${count} changed files`} cannot be judged`];
}

function brokenParts(recipes: readonly RecipeReview[]): string[] {
  const stopped = recipes.filter(({ effects }) => effects.some(stops));
  const failing = recipes.filter(failsAtStart);
  const mended = recipes.filter(({ effects }) => effects.some(starts));
  const lost = recipes.filter(losesImport);
  return [
    ...(lost.length > 0 ? [subject(lost, "cannot be imported any more", "cannot be imported any more")] : []),
    ...(stopped.length > 0 ? [subject(stopped, "no longer run", "no longer runs")] : []),
    ...(failing.length > 0 ? [subject(failing, "fail at start-up", "fails at start-up")] : []),
    ...(mended.length > 0 ? [`${subject(mended, "run", "runs")} that raised before`] : []),
  ];
}

/** Whether another Bridge lacks what the recipe imports. */
function losesImport({ findings }: RecipeReview): boolean {
  return findings.new.some((one) => one.cause !== undefined && isImportFinding(one));
}

/** Whether Bridge will newly refuse the recipe, by an error that it did not end with before. */
function failsAtStart({ findings }: RecipeReview): boolean {
  return findings.new.some(({ codemod, severity }) => codemod === "bridge" && severity === "error");
}

function kindParts(recipes: readonly RecipeReview[]): string[] {
  const kindsOf = new Map(recipes.map((recipe) => [recipe, kindsIn(recipe)]));
  return KNOB_KINDS.flatMap((about) => {
    const changed = recipes.filter((recipe) => kindsOf.get(recipe)?.has(about));
    return changed.length === 0 ? [] : [`${subject(changed, "change", "changes")} ${about}`];
  });
}

/** The same in fewer words: another Bridge changes many kinds of knobs, mostly for the same recipes. */
function foldedKindParts(recipes: readonly RecipeReview[]): string[] {
  const kinds = new Map(recipes.map((recipe) => [recipe, kindsIn(recipe)]));
  const bySet = new Map<string, { changed: readonly RecipeReview[]; abouts: string[] }>();
  for (const about of KNOB_KINDS) {
    const changed = recipes.filter((recipe) => kinds.get(recipe)?.has(about));
    const key = changed.map(({ recipe }) => recipe).join(" ");
    if (changed.length > 0) bySet.set(key, bySet.get(key) ?? { changed, abouts: [] });
    bySet.get(key)?.abouts.push(about);
  }
  return [...bySet.values()].map(({ changed, abouts }) => {
    const [last = "", ...others] = abouts.toReversed();
    const listed = others.length === 0 ? last : `${others.toReversed().join(", ")} and ${last}`;
    return `${subject(changed, "change", "changes")} ${listed}`;
  });
}

function kindsIn({ effects, otherwise = [] }: RecipeReview): ReadonlySet<string> {
  const running = effects.filter((effect) => !stops(effect) && !starts(effect) && !isOpen(effect));
  return new Set([...running, ...otherwise].map(({ knob }) => kindOfKnob(knob)));
}

function surpriseParts(recipes: readonly RecipeReview[]): string[] {
  const surprising = recipes.filter((recipe) => changesIn(recipe).some(isSurprise));
  if (surprising.length === 0) return [];
  return [`${surprising.length} in a way that the recipe's own diff does not say`];
}

function countParts(recipes: readonly RecipeReview[]): string[] {
  const counted = (["added", "removed", "renamed"] as const).flatMap((status) => {
    const some = recipes.filter((recipe) => recipe.status === status);
    return some.length === 0 ? [] : [`${subject(some, "are", "is")} ${status}`];
  });
  const tidied = recipes.filter(isTidied);
  const fresh = findingsIn(recipes, "new");
  return [
    ...counted,
    ...(tidied.length > 0 ? [`${subject(tidied, "are", "is")} tidied only`] : []),
    ...(fresh.length > 0 ? [`${fresh.length} new ${fresh.length === 1 ? "finding" : "findings"}`] : []),
  ];
}

function subject(recipes: readonly RecipeReview[], many: string, one: string): string {
  return recipes.length === 1 ? `1 recipe ${one}` : `${recipes.length} recipes ${many}`;
}
