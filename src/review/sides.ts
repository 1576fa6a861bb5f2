import { analyse, type Analysis } from "../analysis.ts";
import type { Catalog } from "../bridge/catalog.ts";
import type { SkippedFile } from "../outcome.ts";
import type { ScenarioRequest } from "../policy.ts";
import { openProject, type ChangeInput } from "../project.ts";
import type { PythonParser } from "../python/parsed-text.ts";
import { lineAt } from "../python/source.ts";
import type { SourceModule } from "../recipe/source-module.ts";

/** A project before a change and after it. */
export interface Both {
  readonly before: Analysis;
  readonly after: Analysis;
}

/** What evaluating a project takes. */
export interface Evaluating {
  readonly parser: PythonParser;
  readonly catalog: Catalog;
  readonly scenarios: ScenarioRequest;
}

/** Evaluates both states; what no change can reach is parsed and evaluated once. */
export function analyseBoth(input: ChangeInput, { parser, catalog, scenarios }: Evaluating): Both {
  const project = openProject(input.before, parser);
  const before = analyse(project, catalog, scenarios);
  if (!isSameShape(input)) {
    return { before, after: analyse(openProject(input.after, parser, project), catalog, scenarios) };
  }
  const texts = new Map(input.after.files.map(({ path, text }) => [path, text]));
  return { before, after: before.of(project.with(texts)) };
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
