import type { Finding, NamedCodemod } from "./codemod.ts";
import type { Edit, Span } from "./edit.ts";
import { mapBack } from "./offsets.ts";
import type { AppliedFix } from "./outcome.ts";
import type { SourceModule } from "./recipe/source-module.ts";
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

/** What tells a fix from others, wherever edits have moved its place to. */
export function fixKey(codemod: string, { rule, fix }: Finding): string {
  return JSON.stringify([codemod, rule, fix?.edits.map((edit) => edit.text), fix?.claims]);
}

/** The place, in the file as it was at first, that a place of the current text comes from. */
export function originalSpan({ history }: FileState, { start, end }: Span): Span {
  const back = (offset: number) => [...history].reverse().reduce((at, edits) => mapBack(edits, at), offset);
  const from = back(start);
  return { start: from, end: Math.max(from, back(end)) };
}
