import type { RecipeReview, ReviewFinding, ReviewStatus } from "../outcome.ts";
import { comparePaths } from "../project.ts";
import { lineAt } from "../python/source.ts";
import type { RecipeChange } from "./effects.ts";
import type { OneSided, OwnedFinding } from "./findings.ts";
import type { Pair } from "./pairs.ts";
import type { Both } from "./sides.ts";
import { changedCode, runsThrough, type ChangedCode } from "./tidied.ts";

interface OpenReview extends RecipeReview {
  readonly findings: { readonly new: ReviewFinding[]; readonly gone: ReviewFinding[] };
}

/** An entry for every recipe that a change concerns, in the order of files and lines. */
export function reviewsOf(
  both: Both,
  changes: ReadonlyMap<Pair, RecipeChange | null>,
  findings: OneSided,
): RecipeReview[] {
  const code = changedCode(both.before, both.after);
  const reviews = new Map<string, OpenReview>();
  const places = new Map<string, OpenReview>();
  for (const [pair, change] of changes) {
    const review = reviewOf(pair, change);
    for (const side of [pair.before, pair.after]) if (side) places.set(side.name, review);
    const isFollowed = (change?.doubt ?? null) === null;
    if (review.status !== "unchanged" || (isFollowed && isTouched(pair, code)))
      reviews.set(review.recipe, review);
  }
  for (const one of findings.new) entryFor(reviews, one, places).findings.new.push(one.finding);
  for (const one of findings.gone) entryFor(reviews, one, places).findings.gone.push(one.finding);
  return [...reviews.values()].sort(byPlace);
}

function reviewOf(pair: Pair, change: RecipeChange | null): OpenReview {
  const { before, after } = pair;
  const { name, candidate } = after ?? before;
  const renamedFrom = before && before.name !== name ? { renamedFrom: before.name } : {};
  const otherwise = change && change.otherwise.length > 0 ? { otherwise: change.otherwise } : {};
  return {
    recipe: name,
    file: candidate.module.path,
    line: lineAt(candidate.module.text, candidate.stmt.start),
    status: statusOf(pair, change),
    ...renamedFrom,
    effects: change?.effects ?? [],
    ...otherwise,
    findings: { new: [], gone: [] },
  };
}

function statusOf({ before, after }: Pair, change: RecipeChange | null): ReviewStatus {
  if (!before) return "added";
  if (!after) return "removed";
  if (before.name !== after.name) return "renamed";
  return change && change.effects.length + change.otherwise.length > 0 ? "changed" : "unchanged";
}

function isTouched({ before, after }: Pair, code: ChangedCode): boolean {
  return [before, after].some((side) => side !== null && runsThrough(side, code));
}

/** The entry to report a finding with; a function that no recipe calls gets one for its findings' sake. */
function entryFor(
  reviews: Map<string, OpenReview>,
  { owner, place, placeLine, finding }: OwnedFinding,
  recipes: ReadonlyMap<string, OpenReview>,
): OpenReview {
  const recipe = recipes.get(owner ?? place);
  const entry: OpenReview = reviews.get(recipe?.recipe ?? place) ??
    recipe ?? {
      recipe: place,
      file: finding.file,
      line: placeLine,
      status: "unchanged",
      effects: [],
      findings: { new: [], gone: [] },
    };
  reviews.set(entry.recipe, entry);
  return entry;
}

function byPlace(a: RecipeReview, b: RecipeReview): number {
  return comparePaths(a.file, b.file) || a.line - b.line || comparePaths(a.recipe, b.recipe);
}
