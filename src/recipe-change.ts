import type { Analysis } from "./analysis.ts";
import { differences, pairWorlds, type Difference } from "./differences.ts";
import { effectiveOf } from "./effects.ts";
import type { Effect } from "./outcome.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import { mergedJson } from "./recipe/json-value.ts";
import { scenariosOf, type Scenario } from "./scenarios.ts";
import { versionDifferences, type Versions } from "./version-differences.ts";

/** What a set of edits does to one recipe. */
export interface Change {
  readonly recipe: string;
  readonly effects: readonly Effect[];
  /** What runs where the recipe raised before: of these only what a fix claims is told. */
  readonly mended: readonly Effect[];
  /** Knobs that change for callers who pass other arguments than the defaults. */
  readonly otherwise: readonly string[];
  /** Knobs that only one of two versions of Bridge has, at their defaults; none within one version. */
  readonly bare: readonly string[];
  /** Why not everything could be followed. */
  readonly doubt: string | null;
}

const compared = new WeakMap<Evaluation, WeakMap<Evaluation, Change>>();

/** The change between two evaluations; rounds that differ in a few fixes share most of them. */
export function changeOf(
  analyses: { before: Analysis; after: Analysis },
  old: Evaluation,
  now: Evaluation,
): Change {
  let byNow = compared.get(old);
  if (!byNow) compared.set(old, (byNow = new WeakMap()));
  let change = byNow.get(now);
  if (!change) byNow.set(now, (change = compareRecipe(analyses, old, now)));
  return change;
}

function compareRecipe(
  analyses: { before: Analysis; after: Analysis },
  old: Evaluation,
  now: Evaluation,
): Change {
  // A recipe that raises has no layout, so that no scenario can be told from it.
  const raised = analyses.before.raising.has(old.name);
  const scenarios = raised ? scenariosOf(analyses.after, now) : scenariosOf(analyses.before, old);
  const { before, after } = analyses;
  const versions = before.catalog === after.catalog ? null : { before: before.catalog, after: after.catalog };
  const inDefaults = compareEvaluations({ old, now, versions }, scenarios);
  const any = { old: before.calledWithAnything(old), now: after.calledWithAnything(now), versions };
  const otherwise = any.old === old ? null : compareEvaluations(any, scenarios);
  const { differences: found } = inDefaults;
  const changed = otherwise?.differences.filter(({ mends }) => !mends) ?? [];
  return {
    recipe: old.name,
    effects: effectsOf(
      old.name,
      found.filter(({ mends }) => !mends),
      scenarios,
    ),
    mended: effectsOf(
      old.name,
      found.filter(({ mends }) => mends),
      scenarios,
    ),
    otherwise: [...new Set(changed.map((difference) => difference.knob))],
    bare: inDefaults.bare,
    doubt: inDefaults.doubt ?? otherwise?.doubt ?? null,
  };
}

/** A difference, and the number of the scenario that it was seen under. */
interface Seen extends Difference {
  readonly scenario: number;
}

/** Two evaluations of a recipe, and the versions of Bridge that they are of; null within one version. */
interface Evaluated {
  readonly old: Evaluation;
  readonly now: Evaluation;
  readonly versions: Versions | null;
}

interface Comparison {
  readonly differences: Seen[];
  readonly bare: readonly string[];
  readonly doubt: string | null;
}

function compareEvaluations({ old, now, versions }: Evaluated, scenarios: readonly Scenario[]): Comparison {
  const pairs = pairWorlds(old, now);
  const bare = new Set<string>();
  const differencesIn = (scenario: Scenario, [one, other]: (typeof pairs)[number]) => {
    if (versions === null) return differences(effectiveOf(one, scenario), effectiveOf(other, scenario));
    const before = effectiveOf(one, { ...scenario, version: versions.before.version });
    const after = effectiveOf(other, { ...scenario, version: versions.after.version });
    const found = versionDifferences(before, after, versions);
    for (const knob of found.bare) bare.add(knob);
    return found.told;
  };
  const found = scenarios.flatMap((scenario, index) =>
    pairs
      .flatMap((pair) => differencesIn(scenario, pair))
      .map((difference) => ({ ...difference, scenario: index })),
  );
  return {
    differences: found,
    bare: [...bare],
    doubt: old.incomplete ?? now.incomplete ?? lostContainer(old) ?? lostContainer(now),
  };
}

/** Why a recipe cannot be compared: one of its ways ends with something that may be a container or not. */
function lostContainer({ worlds }: Evaluation): string | null {
  const isLost = worlds.some(({ result }) => result?.kind === "unknown" || result?.kind === "choice");
  return isLost ? "what it returns cannot be told" : null;
}

/** The effects under the first scenario, and those of others that differ from them. */
function effectsOf(recipe: string, seen: readonly Seen[], scenarios: readonly Scenario[]): Effect[] {
  const knobs = [...new Set(seen.map(({ knob }) => knob))];
  return knobs.flatMap((knob) => {
    const told = new Set<string>();
    return scenarios.flatMap(({ report }, index): Effect[] => {
      const here = seen.filter((one) => one.knob === knob && one.scenario === index);
      if (here.length === 0) return [];
      const before = mergedJson(here.map((one) => one.before));
      const after = mergedJson(here.map((one) => one.after));
      const key = JSON.stringify([before, after]);
      if (told.has(key)) return [];
      told.add(key);
      return [{ recipe, knob, before, after, ...(index === 0 ? {} : { scenario: report }) }];
    });
  });
}
