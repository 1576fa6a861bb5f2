import type { Analysis } from "./analysis.ts";
import { applyEdits } from "./edit.ts";
import { appliedFix, type FileState } from "./file-state.ts";
import type { Chooser, OfferedFix } from "./outcome.ts";
import type { Proof, Proposal } from "./proof.ts";
import type { Proposed, Settled } from "./settle.ts";

/** What the user has said so far about the fixes of a pass. */
export interface Talk {
  readonly choose: Chooser;
  readonly agreed: Map<Proposal, Proof>;
  /** Whether to ask about more fixes in later passes. */
  goOn: boolean;
}

/** What is talked about: the files as they were at first, the analysis that the fixes start from, and their proofs. */
export interface Topic {
  readonly states: ReadonlyMap<string, FileState>;
  readonly analysis: Analysis;
  readonly settled: Settled;
}

/** Asks about the fixes whose proof the user has not agreed to yet; gives those that were declined. */
export async function consult(talk: Talk, topic: Topic): Promise<ReadonlySet<Proposed>> {
  const { accepted, proofs } = topic.settled;
  const declined = new Set<Proposed>();
  const open = accepted.filter((one) => !isSameProof(talk.agreed.get(one), proofs.get(one)));
  const offers = new Map(open.flatMap((one) => offersOf(one, topic).map((offer) => [offer, one])));
  if (offers.size === 0) return declined;
  const choice = await talk.choose([...offers.keys()]);
  talk.goOn &&= choice.goOn;
  for (const [offer, one] of offers) {
    const proof = proofs.get(one);
    if (proof && choice.accepted.includes(offer)) talk.agreed.set(one, proof);
    else declined.add(one);
  }
  return declined;
}

function isSameProof(a: Proof | undefined, b: Proof | undefined): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

function offersOf(proposal: Proposed, { states, analysis, settled }: Topic): OfferedFix[] {
  const { path, fix } = proposal;
  const state = states.get(path);
  const proof = settled.proofs.get(proposal);
  const before = analysis.project.module(path)?.text;
  if (!state || !proof || before === undefined) return [];
  return [{ path, fix: appliedFix(state, proposal, proof), before, after: applyEdits(before, fix.edits) }];
}
