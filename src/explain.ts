import { effectiveOf } from "./effects.ts";
import { importFindings, type ImportFindings } from "./import-findings.ts";
import { knobReports } from "./knob-report.ts";
import type { ExplainReport, RecipeReport, UnexplainedFunction } from "./outcome.ts";
import { PARSE_ALL_BELOW } from "./policy.ts";
import { lineAt } from "./python/source.ts";
import { isRecipe, type Evaluation } from "./recipe/evaluate.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import type { RecipeStream } from "./recipe-stream.ts";
import { scenariosOf } from "./scenarios.ts";
import { startUpFindings } from "./start-up-findings.ts";
import { unexplained } from "./unexplained.ts";

/** A file, or one function of it. */
export interface Selection {
  readonly path: string;
  readonly function: string | null;
}

/** What becomes of the selected recipes: each under every scenario that is asked for, and how far the work has got. */
export interface ExplainSink {
  recipe(variants: readonly RecipeReport[]): void;
  progress?(done: number, total: number): void;
  /** Waited for between files: what was written may have to be read first. */
  ready?(): Promise<void>;
}

/** Says the declared and effective value of every knob of the selected recipes, and why; it keeps none of them. */
export async function explain(
  stream: RecipeStream,
  selection: readonly Selection[],
  sink: ExplainSink,
): Promise<Pick<ExplainReport, "skipped" | "lost" | "unexplained">> {
  const files = new Set(selection.map(({ path }) => path));
  const total = files.size;
  const imports = importFindings(stream);
  const told = new Set<string>();
  let current: SourceModule | null = null;
  const without: UnexplainedFunction[] = [];
  for (const recipe of stream.evaluations) {
    const { module } = recipe.candidate;
    if (module !== current) {
      current = module;
      files.delete(module.path);
      sink.progress?.(total - files.size, total);
      await sink.ready?.();
    }
    if (!selection.some((one) => isSelected(recipe, one))) continue;
    if (!isRecipe(recipe)) {
      const reason = unexplained(recipe);
      if (reason) without.push(reason);
      continue;
    }
    told.add(module.path);
    sink.recipe(explainRecipe(stream, recipe, imports));
  }
  const lost = lostFiles(stream, selection, { told, imports });
  return {
    skipped: brokenFiles(stream, selection),
    ...(lost.length > 0 && { lost }),
    ...(without.length > 0 && { unexplained: without }),
  };
}

function isSelected({ candidate, isHelper }: Evaluation, { path, function: name }: Selection): boolean {
  if (candidate.module.path !== path) return false;
  return name === null ? !isHelper : (candidate.name ?? "<module>") === name;
}

/** Of a large project, files without recipes are never parsed. */
function brokenFiles({ project }: RecipeStream, selection: readonly Selection[]): ExplainReport["skipped"] {
  const modules = selection.flatMap(({ path }) => project.module(path) ?? []);
  const size = modules.reduce((sum, { text }) => sum + text.length, 0);
  return modules.flatMap((module) => {
    const problem = size < PARSE_ALL_BELOW || module.isParsed() ? module.parsed().problem : null;
    return problem
      ? [{ file: module.path, reason: `line ${lineAt(module.text, problem.start)}: ${problem.message}` }]
      : [];
  });
}

function lostFiles(
  { project }: RecipeStream,
  selection: readonly Selection[],
  { told, imports }: { told: ReadonlySet<string>; imports: ImportFindings },
): NonNullable<ExplainReport["lost"]> {
  return [...new Set(selection.map(({ path }) => path))].flatMap((file) => {
    const module = told.has(file) ? null : project.module(file);
    const reason = module && imports.firstRaising(module);
    return typeof reason === "string" ? [{ file, reason }] : [];
  });
}

function explainRecipe(stream: RecipeStream, recipe: Evaluation, imports: ImportFindings): RecipeReport[] {
  const { module, name, stmt } = recipe.candidate;
  const raising = imports.of(recipe.candidate);
  return scenariosOf(stream, recipe).map((scenario) => {
    const ways = recipe.worlds.map((world) => effectiveOf(world, scenario));
    return {
      file: module.path,
      module: module.name,
      function: name ?? "<module>",
      line: lineAt(module.text, stmt.start),
      scenario: scenario.report,
      knobs: knobReports(recipe, ways),
      findings: [...raising, ...startUpFindings(recipe, ways)],
    };
  });
}
