import type { NamedCodemod } from "../codemod.ts";
import {
  compareFindings,
  findingsOf,
  keyOf,
  type FindingChanges,
  type OneSided,
  type OwnedFinding,
} from "./findings.ts";
import { modulesOf, type Pair } from "./pairs.ts";
import type { Both } from "./sides.ts";
import { startUpChanges } from "./start-up.ts";

/** What findings are looked for in. */
export interface Searching {
  readonly pairs: readonly Pair[];
  /** The pairs that run through readable files alone. */
  readonly followed: readonly Pair[];
  /** Files that cannot be read on one side or the other. */
  readonly unclear: ReadonlySet<string>;
}

/** What is found on one side only; what another Bridge brings or takes away by itself says so. */
export function findingChanges(
  both: Both,
  codemods: readonly NamedCodemod[],
  searching: Searching,
): FindingChanges {
  const changes = changesBetween(both, codemods, searching);
  const { shift, before, after } = both;
  if (!shift?.alone) return changes;
  const alone =
    shift.alone === after
      ? changes
      : aloneChanges({ before, after: shift.alone, shift: null }, codemods, searching);
  const causedIn = (ones: readonly OwnedFinding[], known: readonly OwnedFinding[]) => {
    const keys = new Set(known.map(keyOf));
    return ones.map((one) =>
      keys.has(keyOf(one)) ? { ...one, finding: { ...one.finding, cause: shift.label } } : one,
    );
  };
  return {
    new: causedIn(changes.new, alone.new),
    gone: causedIn(changes.gone, alone.gone),
    failures: changes.failures,
  };
}

/** The same files under both Bridges. */
function aloneChanges(both: Both, codemods: readonly NamedCodemod[], { unclear }: Searching): OneSided {
  const pairs = both.before.recipes.flatMap((before): Pair[] => {
    const after = both.after.byName.get(before.name);
    return after ? [{ before, after }] : [];
  });
  const followed = pairs.filter((pair) => !modulesOf(pair).some((path) => unclear.has(path)));
  return changesBetween(both, codemods, { pairs, followed, unclear });
}

function changesBetween(both: Both, codemods: readonly NamedCodemod[], searching: Searching): FindingChanges {
  const ofCode = codeChanges(both, codemods, searching);
  const ofStartUp = startUpChanges(both, searching.followed);
  return {
    new: [...ofCode.new, ...ofStartUp.new],
    gone: [...ofCode.gone, ...ofStartUp.gone],
    failures: ofCode.failures,
  };
}

function codeChanges(
  both: Both,
  codemods: readonly NamedCodemod[],
  { pairs, unclear }: Searching,
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
  const modules = [before, after].flatMap(({ project }) => project.modules);
  // With another Bridge, findings come and go in files that no recipe runs through, too.
  const isConcerned = (path: string) =>
    before.catalog !== after.catalog || before.project.module(path) !== after.project.module(path);
  return [...touched, ...modules.map(({ path }) => path).filter(isConcerned)];
}
