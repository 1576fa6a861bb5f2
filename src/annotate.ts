import type { Analysis } from "./analysis.ts";
import type { NamedCodemod } from "./codemod.ts";
import { applyEdits } from "./edit.ts";
import { OURSELVES, remainingFrom } from "./file-outcome.ts";
import { originalSpan, type FileState, type Found } from "./file-state.ts";
import { isLeftover, markerChanges, type MarkerChange } from "./markers.ts";
import type { AppliedFix } from "./outcome.ts";
import { lineAt } from "./python/source.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** Messages may name lines, which markers shift: the second round brings those up to date, and shifts nothing. */
const MOST_ROUNDS = 3;

export interface Annotating {
  readonly codemods: readonly NamedCodemod[];
  /** What the codemods find in a file as it now is. */
  readonly find: (analysis: Analysis, state: FileState) => readonly Found[];
}

/** Leaves a marker at each finding that a person has to deal with, and takes away those that are done. */
export function annotate(
  analysis: Analysis,
  states: readonly FileState[],
  { codemods, find }: Annotating,
): Analysis {
  const ran = new Set(codemods.map(({ name }) => name));
  let current = analysis;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const texts = new Map<string, string>();
    for (const state of states) {
      const source = current.project.module(state.module.path) ?? state.module;
      const found = find(current, state);
      const changes = state.failure === null ? changesTo({ state, source, found }, ran) : [];
      if (changes.length === 0) continue;
      if (round === 0) state.fixes.push(...changes.map((change) => fixFrom(state, change)));
      const edits = changes.map(({ edit }) => edit);
      state.history.push(edits);
      texts.set(source.path, applyEdits(source.text, edits));
    }
    if (texts.size === 0) break;
    current = current.after(current.project.with(texts));
  }
  return current;
}

interface Here {
  readonly state: FileState;
  readonly source: SourceModule;
  readonly found: readonly Found[];
}

function changesTo({ state, source, found }: Here, ran: ReadonlySet<string>): MarkerChange[] {
  const leftovers = found
    .filter(({ ignored, finding }) => ignored === null && isLeftover(finding))
    .map((one) => ({
      name: `${one.codemod.name}/${one.finding.rule}`,
      message: remainingFrom(state, one).message,
      offset: one.finding.span.start,
    }));
  return markerChanges(source, leftovers, ran);
}

/** Comments change nothing that runs, so there is nothing to prove. */
function fixFrom(state: FileState, { kind, name, edit }: MarkerChange): AppliedFix {
  const span = originalSpan(state, edit);
  return {
    codemod: OURSELVES,
    rule: `todo-${kind}`,
    line: lineAt(state.original, span.start),
    message: MESSAGES[kind](name),
    verdict: "preserving",
    effects: [],
    severity: "info",
    span,
    edits: state.history.length === 0 ? [edit] : null,
  };
}

const MESSAGES: Readonly<Record<MarkerChange["kind"], (name: string) => string>> = {
  added: (name) => `Leaves a marker comment for ${name}.`,
  updated: (name) => `Brings the marker comment for ${name} up to date.`,
  removed: (name) => `Takes away the marker comment for ${name}: nothing is left to do there.`,
};
