import type { NamedCodemod } from "../codemod.ts";
import type { ReviewReport, SkippedFile } from "../outcome.ts";
import { comparePaths, type ChangeInput } from "../project.ts";
import { changeTo, type RecipeChange } from "./effects.ts";
import { compareFindings, findingsOf, type FindingChanges, type OwnedFinding } from "./findings.ts";
import { pairRecipes, type Pair } from "./pairs.ts";
import { reviewsOf } from "./recipe-reviews.ts";
import { riskLine } from "./risk.ts";
import { startUpChanges } from "./start-up.ts";
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
  const all = pairRecipes(both, (path) => unclear.has(path));
  const pairs = all.filter((pair) => !modulesOf(pair).some((path) => unclear.has(path)));
  const changes = new Map(
    pairs.map((pair) => [pair, pair.before && pair.after ? changeTo(both, pair.before, pair.after) : null]),
  );
  const ofCode = findingChanges(both, setup.codemods, { pairs: all, unclear });
  const ofStartUp = startUpChanges(both, pairs);
  const findings = {
    new: [...ofCode.new, ...ofStartUp.new],
    gone: [...ofCode.gone, ...ofStartUp.gone],
  };
  const recipes = reviewsOf(both, changes, findings);
  const unread = [...input.unread, ...broken].map((one) => withVictims(one, all));
  const skipped = [...unread, ...ofCode.failures, ...doubtful(changes)];
  return {
    bridge: input.after.bridge,
    base: input.base,
    head: input.head,
    risk: riskLine(recipes, unjudged(both, unread)),
    recipes,
    skipped: skipped.sort((a, b) => comparePaths(a.file, b.file)),
  };
}

/** The files that the change touches and that cannot be read on one side or the other. */
function unjudged({ before, after }: Both, unread: readonly SkippedFile[]): ReadonlySet<string> {
  const isTouched = (path: string) => before.project.module(path) !== after.project.module(path);
  return new Set(unread.filter(({ file, failed }) => failed || isTouched(file)).map(({ file }) => file));
}

/** Says how many recipes of other files cannot be told of because a file cannot be read. */
function withVictims(unread: SkippedFile, pairs: readonly Pair[]): SkippedFile {
  const { file, reason } = unread;
  const isElsewhere = ({ before, after }: Pair) => (after ?? before).candidate.module.path !== file;
  const count = pairs.filter((pair) => isElsewhere(pair) && modulesOf(pair).includes(file)).length;
  if (count === 0) return unread;
  const which =
    count === 1 ? "1 recipe of another file that runs" : `${count} recipes of other files that run`;
  return { ...unread, reason: `${reason}; nothing is said of ${which} through it` };
}

function modulesOf({ before, after }: Pair): string[] {
  const sides = [before, after].flatMap((side) => side ?? []);
  return sides.flatMap(({ candidate, touched }) => [candidate.module, ...touched]).map(({ path }) => path);
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
  const untold = new Set(
    pairs
      .filter((pair) => modulesOf(pair).some((path) => unclear.has(path)))
      .flatMap((pair) => [pair.before?.name, pair.after?.name]),
  );
  const isTold = ({ owner }: OwnedFinding) => owner === null || !untold.has(owner);
  const changes = compareFindings(
    before.findings.filter(isTold),
    after.findings.filter(isTold),
    new Map(renamed),
  );
  return { ...changes, failures: after.failures };
}

/** Files in which findings may come or go: those that change, and those of recipes that run through them. */
function concerned({ before, after }: Both, pairs: readonly Pair[]): string[] {
  const touched = pairs.filter((pair) => pair.before !== pair.after).flatMap(modulesOf);
  const changed = [before, after]
    .flatMap(({ project }) => project.modules)
    .filter(({ path }) => before.project.module(path) !== after.project.module(path));
  return [...touched, ...changed.map(({ path }) => path)];
}
