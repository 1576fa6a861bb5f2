import { analyse, type Analysis } from "./analysis.ts";
import { annotate } from "./annotate.ts";
import type { Catalog } from "./bridge/catalog.ts";
import type { NamedCodemod } from "./codemod.ts";
import { consult, type Talk } from "./consult.ts";
import { editsTouch } from "./edit.ts";
import { outcomeOf } from "./file-outcome.ts";
import { findAll } from "./find-all.ts";
import { appliedFix, fixKey, newState, refuseFix, type FileState, type Found } from "./file-state.ts";
import { importCheck } from "./missing-imports.ts";
import type { Chooser, RunReport } from "./outcome.ts";
import { PARSE_ALL_BELOW, type Policy } from "./policy.ts";
import type { Project } from "./project.ts";
import type { SyntaxProblem } from "./python/parsed-text.ts";
import { lineAt } from "./python/source.ts";
import { checkSyntax } from "./python/validate.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import { editsByFile, settle, type Proposed, type Settled } from "./settle.ts";
import type { KnownNames } from "./suppression.ts";

/** A text that needs more rounds than this is turning in circles. */
const MOST_PASSES = 10;

/** What a run does. */
export interface Setup {
  readonly codemods: readonly NamedCodemod[];
  readonly policy: Policy;
  readonly catalog: Catalog;
  /** What comments may name, whether it runs or not. */
  readonly comments: KnownNames;
  /** Asked about the proved fixes of each pass; absent where all are applied. */
  readonly choose?: Chooser;
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
  for (const { path } of recipeModules(analysis)) {
    const state = states.get(path);
    if (state) isUnsound(state);
  }
  for (let pass = 0; ;) {
    const proposals = propose(analysis, states, setup);
    if (proposals.length === 0) break;
    if (pass === MOST_PASSES) {
      for (const { path, codemod } of proposals)
        fail(states, path, `still changing after ${MOST_PASSES} passes of ${codemod.name}`);
      break;
    }
    const applied = await applyProved(analysis, { ...setup, states, proposals });
    if (applied.analysis !== analysis) pass += 1;
    analysis = applied.analysis;
    if (!applied.goOn) break;
    await setup.onProgress(Math.max(pass, 1), MOST_PASSES);
  }
  const find = (current: Analysis, state: FileState) =>
    findIn(current, state, { path: state.module.path, ...setup });
  if (setup.policy.annotate) analysis = annotate(analysis, [...states.values()], { ...setup, find });
  const missingIn = importCheck(analysis);
  const files = [...states.values()].map((state) => {
    const source = analysis.project.module(state.module.path) ?? state.module;
    return outcomeOf(state, { ...setup, source, found: find(analysis, state), missing: missingIn(source) });
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

const checked = new WeakMap<SourceModule, SyntaxProblem | null>();

/** The files that hold a recipe: what is said of one that CPython would not compile is said of nothing that runs. */
function recipeModules({ recipes }: Analysis): ReadonlySet<SourceModule> {
  return new Set(recipes.map(({ candidate }) => candidate.module));
}

/** Marks a file as failed that holds a recipe or a fix, and that the parser took, but CPython would not compile. */
function isUnsound(state: FileState): boolean {
  const { module } = state;
  let problem = checked.get(module);
  if (problem === undefined)
    checked.set(module, (problem = checkSyntax(module.parsed().module, module.text)));
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
      if (ignored || !finding.fix || state.refused.has(fixKey(state, codemod.name, finding))) continue;
      const proposal = { codemod, path, fix: finding.fix, finding };
      if (!inFile.some((other) => editsTouch(other.fix.edits, proposal.fix.edits))) inFile.push(proposal);
    }
    if (inFile.length > 0 && !isUnsound(state)) chosen.push(...inFile);
  }
  return chosen;
}

function findIn(
  analysis: Analysis,
  state: FileState,
  { path, codemods, policy }: { path: string; codemods: readonly NamedCodemod[]; policy: Policy },
): readonly Found[] {
  if (isBroken(state)) return [];
  const found = findAll(analysis, path, { codemods, intent: policy.intent });
  if ("failure" in found) state.failure = found.failure;
  return "failure" in found || isBroken(state) ? [] : found;
}

interface Round extends Pick<Setup, "policy" | "choose"> {
  readonly states: ReadonlyMap<string, FileState>;
  readonly proposals: readonly Proposed[];
}

/** Applies those fixes of a round that the policy lets through, given their proofs, and that the user accepts. */
async function applyProved(
  analysis: Analysis,
  { states, proposals, policy, choose }: Round,
): Promise<{ readonly analysis: Analysis; readonly goOn: boolean }> {
  const refuse = (proposal: Proposed, why: string) => {
    const state = states.get(proposal.path);
    if (state) refuseFix(state, proposal, why);
  };
  const talk: Talk | null = choose ? { choose, agreed: new Map(), goOn: true } : null;
  for (let group = proposals; ;) {
    const settled = settle(analysis, group, { policy, refuse });
    const declined = talk ? await consult(talk, { states, analysis, settled }) : new Set();
    if (declined.size === 0) {
      record(states, settled);
      return { analysis: settled.analysis, goOn: talk?.goOn ?? true };
    }
    // What is left may have leant on what was declined, so it is proved again.
    for (const proposal of settled.accepted)
      if (declined.has(proposal)) refuse(proposal, "Its fix was declined.");
    group = settled.accepted.filter((proposal) => !declined.has(proposal));
  }
}

function record(states: ReadonlyMap<string, FileState>, { accepted, proofs }: Settled): void {
  for (const proposal of accepted) {
    const state = states.get(proposal.path);
    const proof = proofs.get(proposal);
    if (state && proof) state.fixes.push(appliedFix(state, proposal, proof));
  }
  for (const [path, edits] of editsByFile(accepted)) states.get(path)?.history.push(edits);
}
