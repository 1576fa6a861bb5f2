import type { Analysis } from "./analysis.ts";
import { isWithin, type Fix, type NamedCodemod } from "./codemod.ts";
import { differences, pairWorlds, type Difference } from "./differences.ts";
import { effectiveOf } from "./effects.ts";
import type { Effect, Verdict } from "./outcome.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import { mergedJson } from "./recipe/json-value.ts";
import { scenariosOf, type Scenario } from "./scenarios.ts";

/** A fix on its way to be proved. */
export interface Proposal {
  readonly codemod: NamedCodemod;
  readonly path: string;
  readonly fix: Fix;
}

/** What a fix does, and why it may not be applied as it is. */
export interface Proof {
  readonly verdict: Verdict;
  readonly effects: readonly Effect[];
  /** For `unproven` and `refuted`: the knob and recipe that stand in the way. */
  readonly reason: string | null;
}

/** What a set of edits does to one recipe. */
export interface Change {
  readonly recipe: string;
  readonly effects: readonly Effect[];
  /** What runs where the recipe raised before: of these only what a fix claims is told. */
  readonly mended: readonly Effect[];
  /** Knobs that change for callers who pass other arguments than the defaults. */
  readonly otherwise: readonly string[];
  /** Why not everything could be followed. */
  readonly doubt: string | null;
}

/** What proving several fixes together gave. */
export interface JointProof {
  /** A proof for each; `unproven` for one that alone stands between a recipe and certainty. */
  readonly proofs: ReadonlyMap<Proposal, Proof>;
  /** Fixes that have to be looked at alone: something changes that none of them claims. */
  readonly suspects: ReadonlySet<Proposal>;
}

/**
 * Proves a set of fixes that were applied together: each effect must be one that a fix claims. Where a recipe changes
 * otherwise, the fixes on its way are suspects; all of them if none is known to be.
 */
export function proveTogether(before: Analysis, after: Analysis, proposals: readonly Proposal[]): JointProof {
  const changes = changesBetween(before, after);
  const proofs = new Map(proposals.map((proposal) => [proposal, proofFrom(proposal, changes)]));
  const suspects = new Set<Proposal>();
  const claimed = new Set(
    proposals.flatMap(({ fix }) => fix.claims.map(({ recipe, knob }) => `${recipe} ${knob}`)),
  );
  for (const change of changes) {
    const isClaimed = (knob: string) => claimed.has(`${change.recipe} ${knob}`);
    const onTheWay = proposals.filter(({ fix }) => fix.recipes.includes(change.recipe));
    if (hasForeign(change, isClaimed)) {
      for (const proposal of onTheWay.length > 0 ? onTheWay : proposals) suspects.add(proposal);
      continue;
    }
    // A recipe that runs through none of the edited places, and shows no difference, is only hard to follow.
    if (onTheWay.length === 0 && change.effects.length === 0 && change.otherwise.length === 0) continue;
    for (const doubt of doubtsIn(change, isClaimed)) {
      const involved = onTheWay.filter(({ fix }) => doubt.knob === null || fix.knobs.includes(doubt.knob));
      const [only] = involved;
      if (only && (involved.length === 1 || doubt.knob === null)) {
        for (const proposal of involved) proofs.set(proposal, unproven(proofs.get(proposal), doubt.reason));
      } else for (const proposal of onTheWay.length > 0 ? onTheWay : proposals) suspects.add(proposal);
    }
  }
  return { proofs, suspects };
}

/** Whether something changes that is not claimed. To mend a recipe takes a claim on one of its knobs. */
function hasForeign(change: Change, isClaimed: (knob: string) => boolean): boolean {
  return foreignIn(change, isClaimed) !== undefined;
}

function foreignIn({ effects, mended }: Change, isClaimed: (knob: string) => boolean): Effect | undefined {
  const foreign = effects.find(({ knob }) => !isClaimed(knob));
  return foreign ?? (mended.some(({ knob }) => isClaimed(knob)) ? undefined : mended[0]);
}

function unproven(proof: Proof | undefined, reason: string): Proof {
  return { verdict: "unproven", effects: proof?.effects ?? [], reason };
}

/** What cannot be told of a change: one entry a knob, or one for the whole recipe. */
function doubtsIn(
  change: Change,
  isClaimed: (knob: string) => boolean,
): { knob: string | null; reason: string }[] {
  if (change.doubt !== null) return [{ knob: null, reason: `${change.doubt} in ${change.recipe}` }];
  return change.otherwise
    .filter((knob) => !isClaimed(knob))
    .map((knob) => ({ knob, reason: `${knob} of ${change.recipe} depends on what callers pass` }));
}

/** Proves one fix from the analyses without and with it. */
export function proveAlone(before: Analysis, after: Analysis, proposal: Proposal): Proof {
  return proofFrom(proposal, changesBetween(before, after), true);
}

function proofFrom({ codemod, fix }: Proposal, changes: readonly Change[], alone = false): Proof {
  const claims = new Set(fix.claims.map(({ recipe, knob }) => `${recipe} ${knob}`));
  const isMine = (recipe: string, knob: string) =>
    claims.has(`${recipe} ${knob}`) && isWithin(codemod.remit, knob);
  const isClaimed = (recipe: string) => (knob: string) => isMine(recipe, knob);
  const effects = changes.flatMap((change) => [...change.effects, ...change.mended]);
  const foreign = alone
    ? changes.map((change) => foreignIn(change, isClaimed(change.recipe))).find((one) => one !== undefined)
    : undefined;
  if (foreign) {
    const what = `${foreign.knob} of ${foreign.recipe} from ${JSON.stringify(foreign.before)} to ${JSON.stringify(foreign.after)}`;
    return { verdict: "refuted", effects, reason: `it would also change ${what}` };
  }
  const mine = effects.filter((effect) => isMine(effect.recipe, effect.knob));
  const doubt = alone
    ? changes.flatMap((change) => doubtsIn(change, isClaimed(change.recipe)))[0]
    : undefined;
  if (doubt) return { verdict: "unproven", effects: mine, reason: doubt.reason };
  const elsewhere = changes.some(({ recipe, otherwise }) => otherwise.some(isClaimed(recipe)));
  const verdict = mine.length > 0 || elsewhere ? "requested" : "preserving";
  return { verdict, effects: mine, reason: null };
}

function changesBetween(before: Analysis, after: Analysis): Change[] {
  const names = new Set([...before.byName.keys(), ...after.byName.keys()]);
  return [...names].flatMap((name) => {
    const old = before.byName.get(name) ?? before.raising.get(name);
    const now = after.byName.get(name) ?? after.raising.get(name);
    if (old === now) return [];
    if (!old || !now) return [vanished(name)];
    return [changeOf({ before, after }, old, now)];
  });
}

function vanished(recipe: string): Change {
  return { recipe, effects: [], mended: [], otherwise: [], doubt: "the recipe can no longer be evaluated" };
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
  const inDefaults = compareEvaluations(old, now, scenarios);
  const anyOld = analyses.before.calledWithAnything(old);
  const anyNow = analyses.after.calledWithAnything(now);
  const otherwise = anyOld === old ? null : compareEvaluations(anyOld, anyNow, scenarios);
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
    doubt: inDefaults.doubt ?? otherwise?.doubt ?? null,
  };
}

/** A difference, and the number of the scenario that it was seen under. */
interface Seen extends Difference {
  readonly scenario: number;
}

function compareEvaluations(
  old: Evaluation,
  now: Evaluation,
  scenarios: readonly Scenario[],
): { differences: Seen[]; doubt: string | null } {
  const pairs = pairWorlds(old, now);
  const found = scenarios.flatMap((scenario, index) =>
    pairs
      .flatMap(([one, other]) => differences(effectiveOf(one, scenario), effectiveOf(other, scenario)))
      .map((difference) => ({ ...difference, scenario: index })),
  );
  return {
    differences: found,
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
