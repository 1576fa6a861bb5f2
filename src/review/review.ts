import type { NamedCodemod } from "../codemod.ts";
import type { ReviewReport } from "../outcome.ts";
import { comparePaths, type ChangeInput } from "../project.ts";
import { changeTo, type RecipeChange } from "./effects.ts";
import { compareFindings, findingsOf, type FindingChanges } from "./findings.ts";
import { pairRecipes, type Pair } from "./pairs.ts";
import { reviewsOf } from "./recipe-reviews.ts";
import { riskLine } from "./risk.ts";
import { analyseBoth, brokenFiles, type Both, type Evaluating } from "./sides.ts";

export interface ReviewSetup extends Evaluating {
  /** Whose findings count as new or gone. */
  readonly codemods: readonly NamedCodemod[];
}

/** What a change does to every recipe. Pure: the same texts give the same report. */
export function review(input: ChangeInput, setup: ReviewSetup): ReviewReport {
  const both = analyseBoth(input, setup);
  const broken = brokenFiles(both);
  const unclear = new Set([...input.unread, ...broken].map(({ file }) => file));
  const pairs = pairRecipes(both, (path) => unclear.has(path));
  const changes = new Map(
    pairs.map((pair) => [pair, pair.before && pair.after ? changeTo(both, pair.before, pair.after) : null]),
  );
  const findings = findingChanges(both, setup.codemods, { pairs, unclear });
  const recipes = reviewsOf(both, changes, findings);
  const skipped = [...input.unread, ...broken, ...findings.failures, ...doubtful(changes)];
  return {
    bridge: input.after.bridge,
    base: input.base,
    head: input.head,
    risk: riskLine(recipes),
    recipes,
    skipped: skipped.sort((a, b) => comparePaths(a.file, b.file)),
  };
}

/** Recipes that the change concerns and that cannot be followed to their end. */
function doubtful(changes: ReadonlyMap<Pair, RecipeChange | null>): ReviewReport["skipped"] {
  return [...changes].flatMap(([{ after }, change]) => {
    const doubt = change ? change.doubt : (after?.incomplete ?? null);
    if (doubt === null || !after) return [];
    const reason = `${after.name} cannot be followed to its end: ${doubt}`;
    return [{ file: after.candidate.module.path, reason }];
  });
}

function findingChanges(
  both: Both,
  codemods: readonly NamedCodemod[],
  { pairs, unclear }: { readonly pairs: readonly Pair[]; readonly unclear: ReadonlySet<string> },
): FindingChanges {
  const paths = new Set([...concerned(both, pairs)].filter((path) => !unclear.has(path)));
  const before = findingsOf(both.before, paths, codemods);
  const after = findingsOf(both.after, paths, codemods);
  const renamed = pairs.flatMap((pair): [string, string][] =>
    pair.before && pair.after ? [[pair.before.name, pair.after.name]] : [],
  );
  const changes = compareFindings(before.findings, after.findings, new Map(renamed));
  return { ...changes, failures: after.failures };
}

/** Files in which findings may come or go: those that change, and those of recipes that run through them. */
function concerned({ before, after }: Both, pairs: readonly Pair[]): string[] {
  const touched = pairs
    .filter((pair) => pair.before !== pair.after)
    .flatMap((pair) => [...(pair.before?.touched ?? []), ...(pair.after?.touched ?? [])]);
  const changed = [before, after]
    .flatMap(({ project }) => project.modules)
    .filter(({ path }) => before.project.module(path) !== after.project.module(path));
  return [...touched, ...changed].map(({ path }) => path);
}
