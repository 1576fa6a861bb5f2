import type { Catalog } from "./bridge/catalog.ts";
import type { Project } from "./project.ts";
import { bridgeLibrary } from "./recipe/bridge-library.ts";
import { catalogValues, type CatalogValues } from "./recipe/catalog-values.ts";
import { findCandidates, type Candidate } from "./recipe/discover.ts";
import { candidateName, evaluateCandidate, isRecipe, type Evaluation } from "./recipe/evaluate.ts";
import type { Session } from "./recipe/machine.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** What evaluating a project gave. Immutable: an edited project gets an analysis of its own. */
export interface Analysis {
  readonly project: Project;
  readonly catalog: Catalog;
  readonly session: Session;
  /** Every recipe, in the order of files and lines. */
  readonly recipes: readonly Evaluation[];
  readonly byName: ReadonlyMap<string, Evaluation>;
  /** The same recipe called with anything at all; itself where it takes no arguments. */
  calledWithAnything(recipe: Evaluation): Evaluation;
  /** The analysis of an edited project; recipes that no edit can reach keep their evaluation. */
  after(project: Project): Analysis;
}

interface Knowledge {
  readonly catalog: Catalog;
  readonly values: CatalogValues;
  /** What the candidates gave before the last edit, recipes or not. */
  readonly known: ReadonlyMap<string, Evaluation>;
}

interface Last {
  readonly project: Project;
  readonly evaluations: ReadonlyMap<string, Evaluation>;
}

export function analyse(project: Project, catalog: Catalog): Analysis {
  return analyseWith(project, { catalog, values: catalogValues(catalog), known: new Map() });
}

function analyseWith(project: Project, knowledge: Knowledge): Analysis {
  const { catalog, values } = knowledge;
  const session: Session = { host: project.host, library: bridgeLibrary(values), globals: new Map() };
  const all = new Map<string, Evaluation>();
  for (const candidate of findCandidates(project.host, project.modules)) {
    const evaluation = evaluateAgain(session, candidate, { project, evaluations: knowledge.known });
    all.set(evaluation.name, evaluation);
  }
  const recipes = withoutCalledHelpers([...all.values()].filter(isRecipe));
  const anything = new Map<Evaluation, Evaluation>();
  return {
    project,
    catalog,
    session,
    recipes,
    byName: new Map(recipes.map((recipe) => [recipe.name, recipe])),
    calledWithAnything: (recipe) => {
      let evaluation = anything.get(recipe);
      if (!evaluation) {
        evaluation = takesArguments(recipe) ? evaluateCandidate(session, recipe.candidate, "unknown") : recipe;
        anything.set(recipe, evaluation);
      }
      return evaluation;
    },
    after: (edited) => analyseWith(edited, { ...knowledge, known: all }),
  };
}

/** Evaluates a candidate, unless no edit can have changed what it does. */
function evaluateAgain(session: Session, candidate: Candidate, last: Last): Evaluation {
  const before = last.evaluations.get(candidateName(candidate));
  if (before && before.candidate.module === candidate.module && isUntouched(before, last.project)) return before;
  return evaluateCandidate(session, candidate, "defaults");
}

function isUntouched(before: Evaluation, project: Project): boolean {
  return [...before.touched].every((module) => isSame(project, module));
}

function isSame(project: Project, module: SourceModule): boolean {
  const current = project.module(module.path);
  return current === null || current === module;
}

/** A helper is judged by the recipes that call it; alone it stands only where nobody does. */
function withoutCalledHelpers(evaluations: readonly Evaluation[]): Evaluation[] {
  const called = new Set(
    evaluations
      .filter((evaluation) => !evaluation.isHelper)
      .flatMap(({ worlds }) => worlds.flatMap((world) => [...world.machine.called])),
  );
  return evaluations.filter(({ isHelper, candidate: { stmt } }) => {
    return !isHelper || stmt.kind !== "FunctionDef" || !called.has(stmt);
  });
}

function takesArguments({ candidate }: Evaluation): boolean {
  const { stmt } = candidate;
  return stmt.kind === "FunctionDef" && stmt.params.length > 0;
}
