import type { Finding, NamedCodemod } from "./codemod.ts";
import type { Edit, Span } from "./edit.ts";
import { mapBack } from "./offsets.ts";
import type { AppliedFix } from "./outcome.ts";
import type { Proof } from "./proof.ts";
import { lineAt } from "./python/source.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import type { Proposed } from "./settle.ts";
import type { Heeded } from "./suppression.ts";

/** A fix that may not be applied, and why. */
export interface Refusal {
  readonly finding: Finding;
  readonly codemod: string;
  readonly why: string;
}

/** What has been done to one file so far. */
export interface FileState {
  readonly module: SourceModule;
  readonly original: string;
  readonly history: (readonly Edit[])[];
  readonly fixes: AppliedFix[];
  /** Fixes that may not be applied, by what they would do. */
  readonly refused: Map<string, Refusal>;
  failure: string | null;
}

export function newState(module: SourceModule): FileState {
  return { module, original: module.text, history: [], fixes: [], refused: new Map(), failure: null };
}

/** What a codemod found in a file, once the file's comments were heeded. */
export interface Found extends Omit<Heeded, "codemod"> {
  readonly codemod: NamedCodemod;
}

/** What tells a fix from others of its file, wherever edits have moved its place to. */
export function fixKey(state: FileState, codemod: string, { rule, span, fix }: Finding): string {
  const place = originalSpan(state, span).start;
  return JSON.stringify([codemod, rule, place, fix?.edits.map((edit) => edit.text), fix?.claims]);
}

/** The place, in the file as it was at first, that a place of the current text comes from. */
export function originalSpan({ history }: FileState, { start, end }: Span): Span {
  const back = (offset: number) => [...history].reverse().reduce((at, edits) => mapBack(edits, at), offset);
  const from = back(start);
  return { start: from, end: Math.max(from, back(end)) };
}

/** A fix as it is reported, its places in the file as it was at first. */
export function appliedFix(state: FileState, { codemod, finding, fix }: Proposed, proof: Proof): AppliedFix {
  const { rule, message, severity } = finding;
  const span = originalSpan(state, finding.span);
  return {
    codemod: codemod.name,
    rule,
    line: lineAt(state.original, span.start),
    message,
    verdict: proof.verdict,
    effects: proof.effects,
    severity,
    span,
    edits: state.history.length === 0 ? fix.edits : null,
  };
}

/** Notes why a fix is not applied; it is not proposed again. */
export function refuseFix(state: FileState, { codemod, finding }: Proposed, why: string): void {
  state.refused.set(fixKey(state, codemod.name, finding), { finding, codemod: codemod.name, why });
}
