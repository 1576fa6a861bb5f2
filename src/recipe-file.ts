import type { Analysis } from "./analysis.ts";
import type { RecipeFile } from "./codemod.ts";
import type { Span } from "./edit.ts";
import type { Intent } from "./policy.ts";
import { fieldsOf } from "./recipe/classes.ts";
import { DEFAULT_LIMITS, newMachine } from "./recipe/interpreter.ts";
import { indexOf } from "./recipe/module-index.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import { sitesByFile } from "./sites.ts";

/** What a codemod sees of a file; null for one that the project does not hold. */
export function viewFile(analysis: Analysis, path: string, intent: Intent): RecipeFile | null {
  const source = analysis.project.module(path);
  if (!source) return null;
  return {
    path,
    text: source.text,
    source,
    intent,
    sites: sitesByFile(analysis).get(path) ?? [],
    analysis,
    fieldNames: (type) =>
      new Set(
        fieldsOf(newMachine(analysis.session, DEFAULT_LIMITS, new Map()), type).map(({ name }) => name),
      ),
    importedFrom: (name) => importedFrom(source, name),
    wasRun: (span) => wasRun(analysis, source, span),
  };
}

function importedFrom(source: SourceModule, name: string): string | null {
  for (const stmt of indexOf(source).bindings.get(name) ?? [])
    if (stmt.kind === "ImportFrom") return stmt.module;
  return null;
}

const ran = new WeakMap<Analysis, ReadonlySet<unknown>>();

function wasRun(analysis: Analysis, source: SourceModule, span: Span): boolean {
  let called = ran.get(analysis);
  if (!called) {
    called = new Set(
      analysis.recipes.flatMap(({ worlds }) => worlds.flatMap(({ machine }) => [...machine.called])),
    );
    ran.set(analysis, called);
  }
  const around = source
    .parsed()
    .module.body.find(
      (stmt) => stmt.kind === "FunctionDef" && stmt.start <= span.start && span.end <= stmt.end,
    );
  if (around) return called.has(around);
  return analysis.recipes.some(({ candidate }) => candidate.name === null && candidate.module === source);
}
