import type { Analysis } from "./analysis.ts";
import { isWithin, type Fix, type NamedCodemod } from "./codemod.ts";
import { differences, effectiveOf, mergedJson, pairWorlds, type Difference } from "./effects.ts";
import type { Effect, Verdict } from "./outcome.ts";
import type { Evaluation } from "./recipe/evaluate.ts";

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
interface Change {
  readonly recipe: string;
  readonly effects: readonly Effect[];
  /** Knobs that change for callers who pass other arguments than the defaults. */
  readonly otherwise: readonly string[];
  /** Why not everything could be followed. */
  readonly doubt: string | null;
}

/** What proving several fixes together gave: a proof for each, or the fixes that have to be looked at alone. */
export interface JointProof {
  readonly proofs: ReadonlyMap<Proposal, Proof>;
  readonly suspects: ReadonlySet<Proposal>;
}

/**
 * Proves a set of fixes that were applied together: each effect must be one that a fix claims. Where a recipe changes
 * otherwise, or cannot be followed, the fixes on its way are suspects; all of them if none is known to be.
 */
export function proveTogether(before: Analysis, after: Analysis, proposals: readonly Proposal[]): JointProof {
  const changes = changesBetween(before, after);
  const claimed = new Set(proposals.flatMap(({ fix }) => fix.claims.map(({ recipe, knob }) => `${recipe} ${knob}`)));
  const bad = changes.filter(
    ({ recipe, effects, otherwise, doubt }) =>
      doubt !== null || [...effects.map(({ knob }) => knob), ...otherwise].some((knob) => !claimed.has(`${recipe} ${knob}`)),
  );
  const names = new Set(bad.map(({ recipe }) => recipe));
  const onTheWay = proposals.filter(({ fix }) => fix.recipes.some((recipe) => names.has(recipe)));
  const isExplained = bad.every(({ recipe }) => onTheWay.some(({ fix }) => fix.recipes.includes(recipe)));
  return {
    proofs: new Map(proposals.map((proposal) => [proposal, proofFrom(proposal, changes)])),
    suspects: new Set(isExplained ? onTheWay : proposals),
  };
}

/** Proves one fix from the analyses without and with it. */
export function proveAlone(before: Analysis, after: Analysis, proposal: Proposal): Proof {
  return proofFrom(proposal, changesBetween(before, after), true);
}

function proofFrom({ codemod, fix }: Proposal, changes: readonly Change[], alone = false): Proof {
  const claims = new Set(fix.claims.map(({ recipe, knob }) => `${recipe} ${knob}`));
  const isMine = (recipe: string, knob: string) => claims.has(`${recipe} ${knob}`) && isWithin(codemod.remit, knob);
  const effects = changes.flatMap((change) => change.effects);
  const foreign = alone ? effects.find((effect) => !isMine(effect.recipe, effect.knob)) : undefined;
  if (foreign) {
    const what = `${foreign.knob} of ${foreign.recipe} from ${JSON.stringify(foreign.before)} to ${JSON.stringify(foreign.after)}`;
    return { verdict: "refuted", effects, reason: `it would also change ${what}` };
  }
  const mine = effects.filter((effect) => isMine(effect.recipe, effect.knob));
  const doubtful = alone ? changes.find((change) => doubtIn(change, isMine) !== null) : undefined;
  if (doubtful) {
    return { verdict: "unproven", effects: mine, reason: `${doubtIn(doubtful, isMine) ?? ""} in ${doubtful.recipe}` };
  }
  return { verdict: mine.length > 0 ? "requested" : "preserving", effects: mine, reason: null };
}

function doubtIn(change: Change, isMine: (recipe: string, knob: string) => boolean): string | null {
  if (change.doubt !== null) return change.doubt;
  const knob = change.otherwise.find((one) => !isMine(change.recipe, one));
  return knob === undefined ? null : `${knob} depends on what callers pass`;
}

function changesBetween(before: Analysis, after: Analysis): Change[] {
  const names = new Set([...before.byName.keys(), ...after.byName.keys()]);
  return [...names].flatMap((name) => {
    const old = before.byName.get(name);
    const now = after.byName.get(name);
    if (old === now) return [];
    if (!old || !now) return [vanished(name)];
    return [changeOf({ before, after }, old, now)];
  });
}

function vanished(recipe: string): Change {
  return { recipe, effects: [], otherwise: [], doubt: "the recipe can no longer be evaluated" };
}

function changeOf(analyses: { before: Analysis; after: Analysis }, old: Evaluation, now: Evaluation): Change {
  const { version } = analyses.before.catalog;
  const inDefaults = compareEvaluations(old, now, version);
  const anyOld = analyses.before.calledWithAnything(old);
  const anyNow = analyses.after.calledWithAnything(now);
  const otherwise = anyOld === old ? null : compareEvaluations(anyOld, anyNow, version);
  const effects = mergeEffects(old.name, inDefaults.differences);
  return {
    recipe: old.name,
    effects,
    otherwise: [...new Set(otherwise?.differences.map((difference) => difference.knob) ?? [])],
    doubt: inDefaults.doubt ?? otherwise?.doubt ?? null,
  };
}

function compareEvaluations(
  old: Evaluation,
  now: Evaluation,
  version: string,
): { differences: Difference[]; doubt: string | null } {
  const found = pairWorlds(old, now).flatMap(([one, other]) =>
    differences(effectiveOf(one, version), effectiveOf(other, version)),
  );
  return { differences: found, doubt: old.incomplete ?? now.incomplete };
}

function mergeEffects(recipe: string, found: readonly Difference[]): Effect[] {
  const byKnob = new Map<string, Difference[]>();
  for (const difference of found) byKnob.set(difference.knob, [...(byKnob.get(difference.knob) ?? []), difference]);
  return [...byKnob].map(([knob, all]) => ({
    recipe,
    knob,
    before: mergedJson(all.map((one) => one.before)),
    after: mergedJson(all.map((one) => one.after)),
  }));
}
