import { analyse, type Analysis } from "../analysis.ts";
import type { Catalog } from "../bridge/catalog.ts";
import type { SkippedFile } from "../outcome.ts";
import type { ScenarioRequest } from "../policy.ts";
import { openProject, type BridgeShift, type ChangeInput } from "../project.ts";
import type { PythonParser } from "../python/parsed-text.ts";
import { lineAt } from "../python/source.ts";
import type { SourceModule } from "../recipe/source-module.ts";

/** A project before a change and after it. */
export interface Both {
  readonly before: Analysis;
  readonly after: Analysis;
  /** Null where both sides run with the same Bridge. */
  readonly shift: Shift | null;
}

/** That the sides run with different Bridges. */
export interface Shift extends BridgeShift {
  /** The files as they were, with the Bridge of afterwards; null where that is in the diff itself. */
  readonly alone: Analysis | null;
}

/** What evaluating a project takes. */
export interface Evaluating {
  readonly parser: PythonParser;
  readonly catalogs: { readonly before: Catalog; readonly after: Catalog };
  readonly scenarios: ScenarioRequest;
}

/** Evaluates both states; what no change can reach is parsed and evaluated once for each Bridge. */
export function analyseBoth(input: ChangeInput, evaluating: Evaluating): Both {
  const { parser, catalogs, scenarios } = evaluating;
  const before = analyse(openProject(input.before, parser), catalogs.before, scenarios);
  if (input.shift === null) return { before, after: analyseAfter(input, before, evaluating), shift: null };
  const { project } = before;
  if (input.shift.isInDiff) {
    const after = analyse(openProject(input.after, parser, project), catalogs.after, scenarios);
    return { before, after, shift: { ...input.shift, alone: null } };
  }
  const { bridge, library } = input.after;
  const unchanged = openProject({ ...input.before, bridge, library }, parser, project);
  const alone = analyse(unchanged, catalogs.after, scenarios);
  return { before, after: analyseAfter(input, alone, evaluating), shift: { ...input.shift, alone } };
}

/** Starts from the state before, as far as that was evaluated with the same Bridge. */
function analyseAfter(
  input: ChangeInput,
  start: Analysis,
  { parser, catalogs, scenarios }: Evaluating,
): Analysis {
  const { project } = start;
  if (!isSameShape(input))
    return analyse(openProject(input.after, parser, project), catalogs.after, scenarios);
  if (input.after.files.every(({ path, text }) => project.module(path)?.text === text)) return start;
  const texts = new Map(input.after.files.map(({ path, text }) => [path, text]));
  return start.of(project.with(texts));
}

/** Whether no file came or went: then every import leads where it led before. */
function isSameShape({ before, after }: ChangeInput): boolean {
  return (
    isSameSet(before.listing, after.listing) &&
    isSameSet(
      before.files.map(({ path }) => path),
      after.files.map(({ path }) => path),
    )
  );
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}

/** Files that are not Python on one side, with the reason; one that the change leaves alone is named once. */
export function brokenFiles({ before, after }: Both): SkippedFile[] {
  const now = brokenIn(after).map(({ module, reason }) => ({
    file: module.path,
    reason,
    failed: after.project.input.targets.has(module.path),
  }));
  const old = brokenIn(before)
    .filter(({ module }) => after.project.module(module.path) !== module)
    .map(({ module, reason }) => ({ file: module.path, reason: `before the change: ${reason}` }));
  return [...now, ...old];
}

function brokenIn({ project }: Analysis): { module: SourceModule; reason: string }[] {
  return project.modules.flatMap((module) => {
    const isAsked = module.isParsed() || project.input.targets.has(module.path);
    const problem = isAsked ? module.parsed().problem : null;
    if (!problem) return [];
    return [{ module, reason: `line ${lineAt(module.text, problem.start)}: ${problem.message}` }];
  });
}
