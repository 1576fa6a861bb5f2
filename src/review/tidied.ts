import type { Analysis } from "../analysis.ts";
import { meets } from "../changed-spans.ts";
import type { Span } from "../edit.ts";
import type { FunctionDef, Stmt } from "../python/syntax.ts";
import type { Evaluation } from "../recipe/evaluate.ts";
import type { SourceModule } from "../recipe/source-module.ts";
import { spansBetween } from "./expected.ts";

/** The functions of a project that a change touches. */
export type ChangedCode = ReadonlySet<unknown>;

/** The functions whose lines differ between two states, those of each state. */
export function changedCode(before: Analysis, after: Analysis): ChangedCode {
  const changed = new Set<unknown>();
  const paths = [before, after].flatMap(({ project }) => project.modules.map(({ path }) => path));
  for (const path of new Set(paths)) {
    const old = before.project.module(path);
    const now = after.project.module(path);
    if (old === now) continue;
    const spans = old && now ? spansBetween(old, now) : null;
    for (const stmt of changedIn(old, spans?.before)) changed.add(stmt);
    for (const stmt of changedIn(now, spans?.after)) changed.add(stmt);
  }
  return changed;
}

/** The functions that share a changed line, and the module's own code if it does; all where there are no spans. */
function changedIn(module: SourceModule | null, spans: readonly Span[] | undefined): Stmt[] {
  if (!module || module.parsed().problem) return [];
  const { body } = module.parsed().module;
  const isChanged = (stmt: Span) => spans === undefined || meets(spans, stmt);
  const functions = body.flatMap(functionsIn).filter(isChanged);
  const own = body.filter((stmt) => stmt.kind !== "FunctionDef" && stmt.kind !== "ClassDef");
  const [first] = body;
  return first && own.some(isChanged) ? [...functions, first] : functions;
}

function functionsIn(stmt: Stmt): FunctionDef[] {
  if (stmt.kind === "FunctionDef") return [stmt];
  return stmt.kind === "ClassDef" ? stmt.body.flatMap(functionsIn) : [];
}

/** Whether a recipe runs through code that a change touches. */
export function runsThrough({ candidate, worlds }: Evaluation, changed: ChangedCode): boolean {
  if (changed.size === 0) return false;
  if (changed.has(candidate.stmt)) return true;
  return worlds.some(({ machine }) => [...machine.called].some((def) => changed.has(def)));
}
