import type { NamedCodemod } from "../codemod.ts";
import type { ReviewReport, ShiftReport, SkippedFile } from "../outcome.ts";
import { comparePaths, type ChangeInput } from "../project.ts";
import { changeTo, type RecipeChange } from "./effects.ts";
import { findingChanges } from "./finding-changes.ts";
import { modulesOf, pairRecipes, type Pair } from "./pairs.ts";
import { reviewsOf } from "./recipe-reviews.ts";
import { riskLine } from "./risk.ts";
import { analyseBoth, brokenFiles, type Both, type Evaluating } from "./sides.ts";
import { untoldRecipes, type UntoldRecipe } from "./untold.ts";

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
  const findings = findingChanges(both, setup.codemods, { pairs: all, followed: pairs, unclear });
  const recipes = reviewsOf(both, changes, findings);
  const unread = [...input.unread, ...broken].map((one) => withVictims(one, all));
  const untold = untoldRecipes(both, (path) => unclear.has(path));
  const skipped = [...unread, ...findings.failures, ...doubtful(changes), ...untold.map(({ skip }) => skip)];
  const shift = shiftReport(both, { pairs: all, changes, untold });
  return {
    bridge: input.after.bridge,
    ...(input.namesBoth && { bridgeBefore: input.before.bridge }),
    ...(shift && { shift }),
    base: input.base,
    head: input.head,
    risk: riskLine(recipes, { unjudged: unjudged(both, unread), shift }),
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

/** Recipes that the change concerns and that cannot be followed to their end. */
function doubtful(changes: ReadonlyMap<Pair, RecipeChange | null>): ReviewReport["skipped"] {
  return [...changes].flatMap(([{ after }, change]) => {
    const doubt = change ? change.doubt : (after?.incomplete ?? null);
    if (doubt === null || !after) return [];
    const reason = `${after.name} cannot be followed to its end: ${doubt}`;
    return [{ file: after.candidate.module.path, reason }];
  });
}

function shiftReport(
  { shift }: Both,
  found: {
    readonly pairs: readonly Pair[];
    readonly changes: ReadonlyMap<Pair, RecipeChange | null>;
    readonly untold: readonly UntoldRecipe[];
  },
): ShiftReport | null {
  if (shift === null) return null;
  const bare = [...found.changes.values()].flatMap((change) => change?.bareFields ?? []);
  return {
    label: shift.label,
    isInDiff: shift.isInDiff,
    recipes: found.pairs.filter(({ after }) => after !== null).length + found.untold.length,
    untold: found.untold.map(({ recipe }) => recipe),
    bareFields: [...new Set(bare)].sort(),
  };
}
