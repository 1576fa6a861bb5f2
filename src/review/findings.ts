import type { Analysis } from "../analysis.ts";
import type { NamedCodemod } from "../codemod.ts";
import { findAll } from "../find-all.ts";
import { BRIDGE, importCheck } from "../missing-imports.ts";
import type { ReviewFinding } from "../outcome.ts";
import { lineAt } from "../python/source.ts";
import type { Stmt } from "../python/syntax.ts";
import type { Evaluation } from "../recipe/evaluate.ts";
import type { SourceModule } from "../recipe/source-module.ts";
import { heedComments, type Heeded } from "../suppression.ts";

/** A finding, the function that it is in, and the recipe that it is reported with. */
export interface OwnedFinding {
  /** Import path of the function; `module.<module>` for code outside of functions. */
  readonly place: string;
  /** Where that function starts. */
  readonly placeLine: number;
  /** The function itself if it is a recipe, else the first recipe that runs through it, else null. */
  readonly owner: string | null;
  /** The line that it is about. */
  readonly code: string;
  readonly finding: ReviewFinding;
}

/** What is found in files of a project, and the files that a codemod failed on. */
export interface FindingsOfSide {
  readonly findings: readonly OwnedFinding[];
  readonly failures: readonly { readonly file: string; readonly reason: string }[];
}

/** Runs codemods over files without asking for fixes, and looks for imports that raise. */
export function findingsOf(
  analysis: Analysis,
  paths: ReadonlySet<string>,
  codemods: readonly NamedCodemod[],
): FindingsOfSide {
  const findings: OwnedFinding[] = [];
  const failures: { file: string; reason: string }[] = [];
  const missingIn = importCheck(analysis);
  for (const module of analysis.project.modules) {
    const { path } = module;
    if (!paths.has(path) || module.parsed().problem) continue;
    const found = findAll(analysis, path, { codemods, intent: "report" });
    if ("failure" in found) failures.push({ file: path, reason: found.failure });
    const ofCodemods = "failure" in found ? [] : found.map((one) => ({ ...one, codemod: one.codemod.name }));
    const ofImports = missingIn(module).map(({ finding }) => heedComments(module, BRIDGE, finding));
    const all = [...ofImports, ...ofCodemods].filter(counts);
    findings.push(...all.map((one) => owned(analysis, module, one)));
  }
  return { findings, failures };
}

/** What was left alone or is ignored is nothing that a change brings or takes away. */
function counts({ finding: { severity }, ignored }: Heeded): boolean {
  return severity !== "info" && ignored === null;
}

function owned(analysis: Analysis, source: SourceModule, { codemod, finding }: Heeded): OwnedFinding {
  const { rule, severity, span, message } = finding;
  const { body } = source.parsed().module;
  const around = body.find((stmt) => stmt.start <= span.start && span.start < stmt.end);
  const isNamed = around?.kind === "FunctionDef" || around?.kind === "ClassDef";
  const line = lineAt(source.text, span.start);
  const place = isNamed ? `${source.name}.${around.name}` : `module.${source.name}`;
  return {
    place,
    placeLine: lineAt(source.text, (isNamed ? around : body[0])?.start ?? 0),
    owner: analysis.byName.has(place) ? place : (callerOf(analysis, around)?.name ?? null),
    code: codeOn(source.text, line),
    finding: { codemod, rule, severity, file: source.path, line, message },
  };
}

/** A line of a text, from 1, without its indentation. */
export function codeOn(text: string, line: number): string {
  return text.split(/\r\n|\n|\r/)[line - 1]?.trim() ?? "";
}

/** The first recipe that runs through a function. */
function callerOf({ recipes }: Analysis, stmt: Stmt | undefined): Evaluation | undefined {
  if (stmt?.kind !== "FunctionDef") return undefined;
  return recipes.find(({ worlds }) => worlds.some(({ machine }) => machine.called.has(stmt)));
}

/** What is found on one side only. */
export interface OneSided {
  readonly new: readonly OwnedFinding[];
  readonly gone: readonly OwnedFinding[];
}

/** The same, and the files that could not be looked at. */
export interface FindingChanges extends OneSided {
  readonly failures: FindingsOfSide["failures"];
}

/**
 * What is found on one side only. A finding is the same after the change if it says the same, wherever it has moved to,
 * or if the line that it is about reads the same: then the change merely gives it other reasons.
 */
export function compareFindings(
  before: readonly OwnedFinding[],
  after: readonly OwnedFinding[],
  renamed: ReadonlyMap<string, string>,
): OneSided {
  const kindOf = ({ place, finding }: OwnedFinding) => [
    renamed.get(place) ?? place,
    finding.codemod,
    finding.rule,
  ];
  const changed = withoutPairs({ gone: before, new: after }, (one) =>
    JSON.stringify([...kindOf(one), withoutLines(one.finding.message)]),
  );
  return withoutPairs(changed, (one) => JSON.stringify([...kindOf(one), one.code]));
}

/** Equal for findings of two states that say the same of the same place, wherever that has moved to. */
export function keyOf({ place, finding: { codemod, rule, message } }: OwnedFinding): string {
  return JSON.stringify([place, codemod, rule, withoutLines(message)]);
}

/** Takes away the findings of both sides that have the same key, one for one. */
function withoutPairs({ gone, new: fresh }: OneSided, keyOf: (one: OwnedFinding) => string): OneSided {
  const open = new Map<string, OwnedFinding[]>();
  for (const old of gone) open.set(keyOf(old), [...(open.get(keyOf(old)) ?? []), old]);
  const unpaired = fresh.filter((now) => open.get(keyOf(now))?.shift() === undefined);
  return { gone: [...open.values()].flat(), new: unpaired };
}

/** Messages name other places by their lines, which move when anything above them does. */
function withoutLines(message: string): string {
  return message.replace(/\bline \d+|(?<=\.py):\d+/g, "");
}
