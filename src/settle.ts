import type { Analysis } from "./analysis.ts";
import type { Finding } from "./codemod.ts";
import { applyEdits, type Edit } from "./edit.ts";
import type { Policy } from "./policy.ts";
import { proveAlone, proveTogether, type Proof, type Proposal } from "./proof.ts";
import { checkSyntax, type Written } from "./python/validate.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** A fix on its way to be proved, and the finding that proposes it. */
export interface Proposed extends Proposal {
  readonly finding: Finding;
}

/** What proving has come to: the analysis with the accepted fixes applied. */
export interface Settled {
  readonly analysis: Analysis;
  readonly accepted: readonly Proposed[];
  readonly proofs: ReadonlyMap<Proposal, Proof>;
}

/** What decides which proved fixes may be applied, and who is told why the others may not. */
export interface Terms {
  readonly policy: Policy;
  readonly refuse: (proposal: Proposed, why: string) => void;
}

/** Applies those of the fixes that the policy lets through, given their proofs. */
export function settle(analysis: Analysis, proposals: readonly Proposed[], terms: Terms): Settled {
  const start = { analysis, accepted: [], proofs: new Map<Proposal, Proof>() };
  return settleOnTop(start, { ...terms, origin: analysis, nearest: analysis }, proposals);
}

interface Settling extends Terms {
  /** The analysis that the offsets of all edits refer to. */
  readonly origin: Analysis;
  /** The last one tried: the next differs from it in a few files only. */
  nearest: Analysis;
}

/** Proves fixes together on top of those accepted before; those under suspicion follow by halves, at last alone. */
function settleOnTop(progress: Settled, round: Settling, group: readonly Proposed[]): Settled {
  const [first] = group;
  if (!first) return progress;
  const edited = tryEdits(round, [...progress.accepted, ...group]);
  if (edited) round.nearest = edited;
  const { proofs, suspects } = edited
    ? proveTogether(progress.analysis, edited, group)
    : { proofs: new Map<Proposal, Proof>(), suspects: new Set<Proposal>(group) };
  if (edited && suspects.size === 0) return acceptAllowed({ progress, edited, proofs }, round, group);
  if (group.length === 1) return settleOne({ progress, edited }, round, first);
  const clean = group.filter((proposal) => !suspects.has(proposal));
  const suspected = group.filter((proposal) => suspects.has(proposal));
  if (clean.length > 0) return settleOnTop(settleOnTop(progress, round, clean), round, suspected);
  const half = Math.ceil(group.length / 2);
  return settleOnTop(settleOnTop(progress, round, group.slice(0, half)), round, group.slice(half));
}

function acceptAllowed(
  at: { progress: Settled; edited: Analysis; proofs: ReadonlyMap<Proposal, Proof> },
  round: Settling,
  group: readonly Proposed[],
): Settled {
  const { progress, edited, proofs } = at;
  const allowed = group.filter((proposal) => {
    const proof = proofs.get(proposal);
    if (!proof || isAllowed(proof, round.policy)) return true;
    round.refuse(proposal, whyNot(proof));
    return false;
  });
  if (allowed.length < group.length) return settleOnTop(progress, round, allowed);
  return {
    analysis: edited,
    accepted: [...progress.accepted, ...group],
    proofs: new Map([...progress.proofs, ...proofs]),
  };
}

function settleOne(
  { progress, edited }: { progress: Settled; edited: Analysis | null },
  round: Settling,
  proposal: Proposed,
): Settled {
  const proof: Proof = edited
    ? proveAlone(progress.analysis, edited, proposal)
    : { verdict: "refuted", effects: [], reason: "the result would not be valid Python" };
  if (!edited || !isAllowed(proof, round.policy)) {
    round.refuse(proposal, whyNot(proof));
    return progress;
  }
  return {
    analysis: edited,
    accepted: [...progress.accepted, proposal],
    proofs: new Map([...progress.proofs, [proposal, proof]]),
  };
}

function isAllowed({ verdict }: Proof, policy: Policy): boolean {
  if (verdict === "preserving") return true;
  if (policy.onlyPreserving || verdict === "refuted") return false;
  return verdict === "requested" || policy.allowUnproven;
}

/** The analysis with the fixes applied; null if a text would stop being Python. */
function tryEdits({ origin, nearest }: Settling, proposals: readonly Proposed[]): Analysis | null {
  const texts = new Map(nearest.project.modules.flatMap((module) => unlike(origin, module)));
  for (const [path, edits] of editsByFile(proposals)) {
    const module = origin.project.module(path);
    if (module) texts.set(path, applyEdits(module.text, edits));
  }
  const project = nearest.project.with(texts);
  for (const path of texts.keys()) {
    const parsed = project.module(path)?.parsed();
    const before = writtenIn(origin, path);
    if (!parsed || parsed.problem || checkSyntax(parsed.module, texts.get(path) ?? "", before)) return null;
  }
  return nearest.after(project);
}

function writtenIn(analysis: Analysis, path: string): Written | null {
  const module = analysis.project.module(path);
  return module && { text: module.text, module: module.parsed().module };
}

/** The text to go back to where an attempt had changed a file. */
function unlike(origin: Analysis, { path, text }: SourceModule): [string, string][] {
  const before = origin.project.module(path)?.text;
  return before === undefined || before === text ? [] : [[path, before]];
}

/** The edits of each file; one that two fixes share, such as an import, is made once. */
export function editsByFile(proposals: readonly Proposed[]): ReadonlyMap<string, readonly Edit[]> {
  const byFile = new Map<string, Edit[]>();
  for (const { path, fix } of proposals) {
    const edits = byFile.get(path) ?? [];
    for (const edit of fix.edits) {
      const isShared = edits.some(
        (one) => one.start === edit.start && one.end === edit.end && one.text === edit.text,
      );
      if (!isShared) edits.push(edit);
    }
    byFile.set(path, edits);
  }
  return byFile;
}

function whyNot({ verdict, reason }: Proof): string {
  return WHY_NOT[verdict](reason ?? "");
}

const WHY_NOT: Readonly<Record<Proof["verdict"], (reason: string) => string>> = {
  preserving: () => "",
  requested: () => "It changes what runs, and --only-preserving was given.",
  unproven: (reason) =>
    `Its effect could not be proved (${reason}); --allow-unproven applies it all the same.`,
  refuted: (reason) => `Not applied: ${reason}. Please report this: it is our mistake.`,
};
