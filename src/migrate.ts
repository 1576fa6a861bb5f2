import { analyse, type Analysis } from "./analysis.ts";
import { annotate } from "./annotate.ts";
import type { Catalog } from "./bridge/catalog.ts";
import type { Finding, NamedCodemod } from "./codemod.ts";
import { applyEdits, editsTouch, type Edit } from "./edit.ts";
import { outcomeOf } from "./file-outcome.ts";
import { fixKey, newState, originalSpan, type FileState, type Found } from "./file-state.ts";
import type { RunReport } from "./outcome.ts";
import { PARSE_ALL_BELOW, type Policy } from "./policy.ts";
import type { Project } from "./project.ts";
import { proveAlone, proveTogether, type Proof, type Proposal } from "./proof.ts";
import { lineAt } from "./python/source.ts";
import { checkSyntax } from "./python/validate.ts";
import { findingsIn } from "./recipe-file.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import { heedComments, type KnownNames } from "./suppression.ts";

/** A text that needs more rounds than this is turning in circles. */
const MOST_PASSES = 10;

interface Proposed extends Proposal {
  readonly finding: Finding;
}

/** What a run does. */
export interface Setup {
  readonly codemods: readonly NamedCodemod[];
  readonly policy: Policy;
  readonly catalog: Catalog;
  /** What comments may name, whether it runs or not. */
  readonly comments: KnownNames;
  /** Told after each pass, and waited for: a run of seconds must leave room for Ctrl-C. */
  onProgress(done: number, total: number): Promise<void>;
}

/**
 * Applies codemods until nothing is left to apply, each fix with its proof. Pure and total: it returns texts and
 * outcomes, and where it is in doubt about a file, that file's text stays as it was.
 */
export async function migrate(project: Project, setup: Setup): Promise<RunReport> {
  const states = new Map<string, FileState>();
  for (const module of project.modules) {
    if (project.input.targets.has(module.path)) states.set(module.path, newState(module));
  }
  parseIfFew(states);
  let analysis = analyse(project, setup.catalog, setup.policy.scenarios);
  for (let pass = 0; ; pass += 1) {
    const proposals = propose(analysis, states, setup);
    if (proposals.length === 0) break;
    if (pass === MOST_PASSES) {
      for (const { path, codemod } of proposals)
        fail(states, path, `still changing after ${MOST_PASSES} passes of ${codemod.name}`);
      break;
    }
    analysis = applyProved(analysis, { states, proposals, policy: setup.policy });
    await setup.onProgress(pass + 1, MOST_PASSES);
  }
  const find = (current: Analysis, state: FileState) =>
    findIn(current, state, { path: state.module.path, ...setup });
  if (setup.policy.annotate) analysis = annotate(analysis, [...states.values()], { ...setup, find });
  const files = [...states.values()].map((state) => {
    const source = analysis.project.module(state.module.path) ?? state.module;
    return outcomeOf(state, { ...setup, source, found: find(analysis, state) });
  });
  return { bridge: project.input.bridge, files };
}

function fail(states: ReadonlyMap<string, FileState>, path: string, why: string): void {
  const state = states.get(path);
  if (state) state.failure ??= why;
}

function parseIfFew(states: ReadonlyMap<string, FileState>): void {
  const size = [...states.values()].reduce((sum, { original }) => sum + original.length, 0);
  if (size < PARSE_ALL_BELOW) for (const { module } of states.values()) module.parsed();
}

/** Marks a file as failed if somebody looked at its syntax and it is not Python. */
function isBroken(state: FileState): boolean {
  const { module } = state;
  const problem = module.isParsed() ? module.parsed().problem : null;
  if (problem) state.failure ??= `line ${lineAt(module.text, problem.start)}: ${problem.message}`;
  return problem !== null;
}

/** The fixes of one pass: the first of each group that touches, and none that was refused before. */
function propose(
  analysis: Analysis,
  states: ReadonlyMap<string, FileState>,
  { codemods, policy }: { codemods: readonly NamedCodemod[]; policy: Policy },
): Proposed[] {
  const chosen: Proposed[] = [];
  for (const [path, state] of states) {
    if (state.failure !== null) continue;
    const inFile: Proposed[] = [];
    for (const { codemod, finding, ignored } of findIn(analysis, state, { path, codemods, policy })) {
      if (ignored || !finding.fix || state.refused.has(fixKey(codemod.name, finding))) continue;
      const proposal = { codemod, path, fix: finding.fix, finding };
      if (!inFile.some((other) => editsTouch(other.fix.edits, proposal.fix.edits))) inFile.push(proposal);
    }
    chosen.push(...inFile);
  }
  return chosen;
}

function findIn(
  analysis: Analysis,
  state: FileState,
  { path, codemods, policy }: { path: string; codemods: readonly NamedCodemod[]; policy: Policy },
): Found[] {
  const source = analysis.project.module(path);
  if (!source || isBroken(state)) return [];
  const found: Found[] = [];
  for (const codemod of codemods) {
    try {
      for (const finding of findingsIn(analysis, path, { codemod, intent: policy.intent }))
        found.push({ ...heedComments(source, codemod.name, finding), codemod });
    } catch (error) {
      state.failure = `internal error in ${codemod.name}: ${error instanceof Error ? error.message : String(error)}`;
      return [];
    }
  }
  if (isBroken(state)) return [];
  return found.sort((a, b) => a.finding.span.start - b.finding.span.start);
}

interface Round {
  readonly states: ReadonlyMap<string, FileState>;
  readonly proposals: readonly Proposed[];
  readonly policy: Policy;
}

/** What a round has come to: the analysis with the accepted fixes applied. */
interface Progress {
  readonly analysis: Analysis;
  readonly accepted: readonly Proposed[];
  readonly proofs: ReadonlyMap<Proposal, Proof>;
}

/** Applies those fixes of a round that the policy lets through, given their proofs. */
function applyProved(analysis: Analysis, round: Round): Analysis {
  const start = { analysis, accepted: [], proofs: new Map<Proposal, Proof>() };
  const settled = settle(start, { ...round, origin: analysis, nearest: analysis }, round.proposals);
  record({ ...round, proposals: settled.accepted }, settled.proofs);
  return settled.analysis;
}

interface Settling extends Round {
  /** The analysis that the offsets of all edits of the round refer to. */
  readonly origin: Analysis;
  /** The last one tried: the next differs from it in a few files only. */
  nearest: Analysis;
}

/** Proves fixes together on top of those accepted before; those under suspicion follow by halves, at last alone. */
function settle(progress: Progress, round: Settling, group: readonly Proposed[]): Progress {
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
  if (clean.length > 0) return settle(settle(progress, round, clean), round, suspected);
  const half = Math.ceil(group.length / 2);
  return settle(settle(progress, round, group.slice(0, half)), round, group.slice(half));
}

function acceptAllowed(
  at: { progress: Progress; edited: Analysis; proofs: ReadonlyMap<Proposal, Proof> },
  round: Settling,
  group: readonly Proposed[],
): Progress {
  const { progress, edited, proofs } = at;
  const allowed = group.filter((proposal) => {
    const proof = proofs.get(proposal);
    if (!proof || isAllowed(proof, round.policy)) return true;
    refuse(round.states, proposal, proof);
    return false;
  });
  if (allowed.length < group.length) return settle(progress, round, allowed);
  return {
    analysis: edited,
    accepted: [...progress.accepted, ...group],
    proofs: new Map([...progress.proofs, ...proofs]),
  };
}

function settleOne(
  { progress, edited }: { progress: Progress; edited: Analysis | null },
  round: Settling,
  proposal: Proposed,
): Progress {
  const proof: Proof = edited
    ? proveAlone(progress.analysis, edited, proposal)
    : { verdict: "refuted", effects: [], reason: "the result would not be valid Python" };
  if (!edited || !isAllowed(proof, round.policy)) {
    refuse(round.states, proposal, proof);
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
    if (!parsed || parsed.problem || checkSyntax(parsed.module, texts.get(path) ?? "")) return null;
  }
  return nearest.after(project);
}

/** The text to go back to where an attempt had changed a file. */
function unlike(origin: Analysis, { path, text }: SourceModule): [string, string][] {
  const before = origin.project.module(path)?.text;
  return before === undefined || before === text ? [] : [[path, before]];
}

/** The edits of each file; one that two fixes share, such as an import, is made once. */
function editsByFile(proposals: readonly Proposed[]): ReadonlyMap<string, readonly Edit[]> {
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

function record({ states, proposals }: Round, proofs: ReadonlyMap<Proposal, Proof>): void {
  for (const proposal of proposals) {
    const state = states.get(proposal.path);
    const proof = proofs.get(proposal);
    if (!state || !proof) continue;
    const { rule, message, severity } = proposal.finding;
    const span = originalSpan(state, proposal.finding.span);
    state.fixes.push({
      codemod: proposal.codemod.name,
      rule,
      line: lineAt(state.original, span.start),
      message,
      verdict: proof.verdict,
      effects: proof.effects,
      severity,
      span,
      edits: state.history.length === 0 ? proposal.fix.edits : null,
    });
  }
  for (const [path, edits] of editsByFile(proposals)) states.get(path)?.history.push(edits);
}

function refuse(states: ReadonlyMap<string, FileState>, proposal: Proposed, proof: Proof): void {
  const { codemod, finding, path } = proposal;
  const why = WHY_NOT[proof.verdict](proof.reason ?? "");
  states.get(path)?.refused.set(fixKey(codemod.name, finding), { finding, codemod: codemod.name, why });
}

const WHY_NOT: Readonly<Record<Proof["verdict"], (reason: string) => string>> = {
  preserving: () => "",
  requested: () => "It changes what runs, and --only-preserving was given.",
  unproven: (reason) =>
    `Its effect could not be proved (${reason}); --allow-unproven applies it all the same.`,
  refuted: (reason) => `Not applied: ${reason}. Please report this: it is our mistake.`,
};
