import type { NamedCodemod } from "./codemod.ts";
import type { Span } from "./edit.ts";
import { fixKey, originalSpan, type FileState, type Found } from "./file-state.ts";
import type { FileOutcome, PlacedFinding, SuppressedFinding } from "./outcome.ts";
import { lineAt } from "./python/source.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import { BRIDGE, type MissingImport } from "./missing-imports.ts";
import { heedComments, judgeComments, type Heeded, type KnownNames } from "./suppression.ts";

/** In whose name it is said what is about comments, not about recipes. */
export const OURSELVES = "bridgemod";

/** What a run has come to in one file. */
export interface Ended {
  /** The file as it is at the end. */
  readonly source: SourceModule;
  /** What the codemods find in it then. */
  readonly found: readonly Found[];
  /** The imports in it that raise. */
  readonly missing: readonly MissingImport[];
  readonly codemods: readonly NamedCodemod[];
  readonly comments: KnownNames;
}

/** The outcome of a file: its fixes, what remains, and what its comments have ignored. */
export function outcomeOf(state: FileState, ended: Ended): FileOutcome {
  const { module, original } = state;
  const base = { path: module.path, before: original };
  if (state.failure !== null) {
    return { ...base, after: original, outcome: "failed", reason: state.failure, fixes: [], remaining: [] };
  }
  const { source } = ended;
  const told = [
    ...ended.missing.map(({ finding }) => heedComments(source, BRIDGE, finding)),
    ...ended.found.map((one) => ({ ...one, codemod: one.codemod.name })),
  ];
  const open = told.filter(({ ignored }) => ignored === null);
  const findings = [...open.map((one) => placed(state, one)), ...aboutComments(state, ended, told)];
  const suppressed = byLine(told.flatMap((one) => suppressedFrom(state, one)));
  return {
    ...base,
    after: source.text,
    outcome: source.text === original ? "unchanged" : "changed",
    reason: null,
    fixes: byLine(state.fixes),
    remaining: byLine(findings),
    ...(suppressed.length === 0 ? {} : { suppressed }),
  };
}

/** A finding as it is reported: with the reason why its fix was not applied. */
export function remainingFrom(state: FileState, { codemod, finding }: Found): PlacedFinding {
  return placed(state, { codemod: codemod.name, finding });
}

function placed(state: FileState, { codemod, finding }: Pick<Heeded, "codemod" | "finding">): PlacedFinding {
  const refusal = finding.fix ? state.refused.get(fixKey(state, codemod, finding)) : undefined;
  const message = refusal ? `${finding.message} ${refusal.why}` : finding.message;
  const { rule, severity } = finding;
  return { codemod, rule, severity, message, ...placeOf(state, finding.span) };
}

function placeOf(state: FileState, spanAfter: Span): Pick<PlacedFinding, "line" | "span" | "spanAfter"> {
  const span = originalSpan(state, spanAfter);
  return { line: lineAt(state.original, span.start), span, spanAfter };
}

function suppressedFrom(state: FileState, found: Heeded): SuppressedFinding[] {
  return found.ignored ? [{ ...placed(state, found), reason: found.ignored.text }] : [];
}

/** What the comments of a file that talk to us do wrong. */
function aboutComments(
  state: FileState,
  { source, codemods, comments }: Ended,
  found: readonly Heeded[],
): PlacedFinding[] {
  const judged = judgeComments(source, {
    ...comments,
    known: [...comments.known, BRIDGE],
    ran: new Set([...codemods.map(({ name }) => name), BRIDGE]),
    found,
  });
  return judged.map(({ rule, severity, span, message }) => {
    return { codemod: OURSELVES, rule, severity, message, ...placeOf(state, span) };
  });
}

function byLine<T extends { readonly line: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.line - b.line);
}
