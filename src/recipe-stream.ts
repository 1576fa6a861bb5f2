import type { Analysis } from "./analysis.ts";
import type { Project } from "./project.ts";
import { bridgeLibrary } from "./recipe/bridge-library.ts";
import { callsRecipes, catalogValues } from "./recipe/catalog-values.ts";
import { candidateFinder, takesContainer, type Candidate } from "./recipe/discover.ts";
import { evaluateCandidate, noteCalls, type Evaluation } from "./recipe/evaluate.ts";
import type { Session } from "./recipe/machine.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** What a project's code gives as it comes, for whoever needs no more than one recipe at a time. */
export interface RecipeStream extends Pick<
  Analysis,
  "project" | "catalog" | "scenarios" | "usesCatalogRecipes"
> {
  /** Recipes, and what turned out to be none. */
  readonly evaluations: Iterable<Evaluation>;
}

/** Which code a stream is about. */
export interface Wanted {
  readonly module: (module: SourceModule) => boolean;
  /** Whether its functions that only work on a container that they are given count. */
  readonly helpers: (module: SourceModule) => boolean;
}

/** Evaluates one after the other and keeps none. */
export function streamRecipes(
  project: Project,
  { catalog, scenarios }: Pick<Analysis, "catalog" | "scenarios">,
  wanted: Wanted,
): RecipeStream {
  const values = catalogValues(catalog);
  const library = bridgeLibrary(values);
  const session: Session = { host: project.host, library, globals: new Map(), memos: new Map() };
  const evaluate = (candidate: Candidate) => evaluateCandidate(session, candidate, "defaults");
  function* evaluations(): Generator<Evaluation> {
    const finder = candidateFinder(project.host, wanted.helpers);
    const called = new Set<unknown>();
    const helpers: Candidate[] = [];
    function* makersIn(modules: readonly SourceModule[]): Generator<Evaluation> {
      for (const candidate of modules.flatMap((module) => finder.in(module))) {
        if (takesContainer(candidate)) helpers.push(candidate);
        else yield noteCalls(evaluate(candidate), called);
      }
    }
    const modules = project.modules.filter(wanted.module);
    project.announce(modules.filter((module) => finder.mayBeIn(module)));
    for (const module of modules) yield* makersIn([module]);
    const alone = helpers
      .filter(({ stmt }) => !called.has(stmt))
      .map(evaluate)
      .filter(({ isHelper, candidate }) => !isHelper || wanted.helpers(candidate.module));
    if (alone.length === 0) return;
    // Whether a helper stands alone, only the recipes of the whole project tell.
    const others = makersIn(project.modules.filter((module) => !wanted.module(module)));
    while (!others.next().done);
    yield* alone.filter(({ candidate }) => !called.has(candidate.stmt));
  }
  return {
    project,
    catalog,
    scenarios,
    evaluations: { [Symbol.iterator]: evaluations },
    usesCatalogRecipes: () => callsRecipes(values),
  };
}
