import { absoluteName } from "./recipe/module-index.ts";
import { BRIDGE, importCheck, unguarded, type ImportCheck } from "./missing-imports.ts";
import type { RemainingFinding } from "./outcome.ts";
import type { Project } from "./project.ts";
import type { RecipeStream } from "./recipe-stream.ts";
import { lineAt } from "./python/source.ts";
import type { Candidate } from "./recipe/discover.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** What imports of things that have gone mean for recipes. */
export interface ImportFindings {
  /** What raises on the way to a recipe: in its own file, in itself, or in the project's modules that its file imports. */
  of(candidate: Candidate): RemainingFinding[];
  /** The import for which a file cannot even be imported, its place and what is wrong with it; null if there is none. */
  firstRaising(module: SourceModule): string | null;
}

export function importFindings(stream: Pick<RecipeStream, "project" | "catalog">): ImportFindings {
  const missingIn = importCheck(stream);
  const { project } = stream;
  let anything: boolean | null = null;
  const behind = (module: SourceModule) => {
    anything ??= project.modules.some((one) => missingIn(one).length > 0);
    return anything ? modulesBehind(project, module) : [];
  };
  return {
    of: (candidate) => [
      ...ownFindings(candidate, missingIn),
      ...behind(candidate.module).flatMap((one) => findingsBehind(candidate, one, missingIn)),
    ],
    firstRaising: (module) => {
      const [first] = [module, ...behind(module)].flatMap((one) =>
        topLevel(one, missingIn).map(({ line, message }) => {
          return `${one.path}:${line}: ${message}`;
        }),
      );
      return first ?? null;
    },
  };
}

function topLevel(module: SourceModule, missingIn: ImportCheck): { line: number; message: string }[] {
  return missingIn(module)
    .filter(({ atTopLevel }) => atTopLevel)
    .map(({ finding }) => ({ line: lineAt(module.text, finding.span.start), message: finding.message }));
}

function ownFindings({ module, stmt }: Candidate, missingIn: ImportCheck): RemainingFinding[] {
  return missingIn(module).flatMap(({ finding: { rule, severity, span, message }, atTopLevel }) => {
    const isInside = stmt.start <= span.start && span.end <= stmt.end;
    const line = lineAt(module.text, span.start);
    return atTopLevel || isInside ? [{ codemod: BRIDGE, rule, severity, line, message }] : [];
  });
}

/** Told at the recipe, whose file has no line for it. */
function findingsBehind(
  { module, stmt }: Candidate,
  behind: SourceModule,
  missingIn: ImportCheck,
): RemainingFinding[] {
  const line = lineAt(module.text, stmt.start);
  return missingIn(behind).flatMap(({ finding: { rule, severity, span, message }, atTopLevel }) => {
    const place = `${behind.path}:${lineAt(behind.text, span.start)}`;
    return atTopLevel ? [{ codemod: BRIDGE, rule, severity, line, message: `In ${place}: ${message}` }] : [];
  });
}

/** The project's modules that are run when one is imported, itself left out. */
export function modulesBehind({ host }: Project, module: SourceModule): SourceModule[] {
  const seen = new Set([module]);
  for (const one of seen) {
    for (const { stmt, where } of unguarded(one.parsed().module.body, "top level")) {
      if (where !== "top level") continue;
      const from = stmt.kind === "ImportFrom" ? absoluteName(one, stmt) : null;
      const names = stmt.names.map(({ name }) => (from === null ? name : `${from}.${name}`));
      for (const found of [...(from === null ? [] : [from]), ...names].map((name) => host.find(name)))
        if (found?.own) seen.add(found);
    }
  }
  seen.delete(module);
  return [...seen];
}
