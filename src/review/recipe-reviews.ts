import type { RecipeReview, ReviewFinding, ReviewStatus } from "../outcome.ts";
import { comparePaths } from "../project.ts";
import { lineAt } from "../python/source.ts";
import { isCaused } from "../review-judgements.ts";
import type { RecipeChange } from "./effects.ts";
import type { OneSided, OwnedFinding } from "./findings.ts";
import { importersIn } from "./importers.ts";
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
  const importers = importersIn(both, [...changes.keys()]);
  for (const which of ["new", "gone"] as const) {
    for (const one of findings[which]) {
      const owners = importers(one, which).flatMap((name) => places.get(name) ?? []);
      const entries = owners.length > 0 ? owners : [entryFor(reviews, one, places)];
      for (const entry of new Set(entries)) {
        reviews.set(entry.recipe, entry);
        entry.findings[which].push(one.finding);
      }
    }
  }
  return [...reviews.values()].map(settled).sort(byPlace);
}

/** A recipe that another Bridge finds something else in is no more what it was, though it may run the same. */
function settled(review: RecipeReview): RecipeReview {
  return review.status === "unchanged" && isCaused(review) ? { ...review, status: "changed" } : review;
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
