import type { Analysis } from "./analysis.ts";
import { isWithin, type Fix, type NamedCodemod } from "./codemod.ts";
import type { Effect, Verdict } from "./outcome.ts";
import { changeOf, type Change } from "./recipe-change.ts";

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
  return {
    recipe,
    effects: [],
    mended: [],
    otherwise: [],
    bare: [],
    doubt: "the recipe can no longer be evaluated",
  };
}
