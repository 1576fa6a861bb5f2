import type { Catalog } from "./bridge/catalog.ts";
import type { ScenarioRequest } from "./policy.ts";
import type { Project } from "./project.ts";
import { bridgeLibrary } from "./recipe/bridge-library.ts";
import { callsRecipes, catalogValues, type CatalogValues } from "./recipe/catalog-values.ts";
import {
  findCandidates,
  refindCandidates,
  takesContainer,
  type Candidate,
  type Candidates,
} from "./recipe/discover.ts";
import { candidateName, evaluateCandidate, isRecipe, noteCalls, type Evaluation } from "./recipe/evaluate.ts";
import type { Memos } from "./recipe/memo.ts";
import type { Session } from "./recipe/machine.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** What evaluating a project gave. Immutable: an edited project gets an analysis of its own. */
export interface Analysis {
  readonly project: Project;
  readonly catalog: Catalog;
  readonly session: Session;
  /** The circumstances that values are asked for under. */
  readonly scenarios: ScenarioRequest;
  /** Every recipe, in the order of files and lines. */
  readonly recipes: readonly Evaluation[];
  readonly byName: ReadonlyMap<string, Evaluation>;
  /** Whatever was evaluated because it may be a recipe, by name. */
  readonly candidates: ReadonlyMap<string, Evaluation>;
  /** Whether a recipe of Bridge was needed whose source is not at hand, so that the catalog answered for it. */
  usesCatalogRecipes(): boolean;
  /** What would perhaps be a recipe if it did not raise every time, by name. */
  readonly raising: ReadonlyMap<string, Evaluation>;
  /** The same recipe called with anything at all; itself where it takes no arguments. */
  calledWithAnything(recipe: Evaluation): Evaluation;
  /** The analysis of an edited project; recipes that no edit can reach keep their evaluation. */
  after(project: Project): Analysis;
  /** The analysis of the same files with any other texts, in which functions may have come and gone. */
  of(project: Project): Analysis;
}

interface Knowledge {
  readonly catalog: Catalog;
  readonly scenarios: ScenarioRequest;
  readonly values: CatalogValues;
  /** What the candidates gave before the last edit, recipes or not. */
  readonly known: ReadonlyMap<string, Evaluation>;
  /** What recipes with arguments gave when called with anything, before any edit. */
  readonly anything: ReadonlyMap<string, Evaluation>;
  /** The candidates before the last edit; null for the first analysis. */
  readonly candidates: Candidates | null;
  readonly memos: Memos;
}

interface Last {
  readonly project: Project;
  readonly evaluations: ReadonlyMap<string, Evaluation>;
}

export function analyse(project: Project, catalog: Catalog, scenarios: ScenarioRequest): Analysis {
  return analyseWith(project, {
    catalog,
    scenarios,
    values: catalogValues(catalog),
    known: new Map(),
    anything: new Map(),
    candidates: null,
    memos: new Map(),
  });
}

function analyseWith(project: Project, knowledge: Knowledge): Analysis {
  const { catalog, values } = knowledge;
  const library = bridgeLibrary(values);
  const memos = keptMemos(knowledge.memos, project);
  const session: Session = { host: project.host, library, globals: new Map(), memos };
  const candidates = knowledge.candidates
    ? refindCandidates(knowledge.candidates, project.modules)
    : findCandidates(project);
  const last = { project, evaluations: knowledge.known };
  const evaluations = evaluateAll([...candidates.values()].flat(), (candidate) =>
    evaluateAgain(session, candidate, last),
  );
  const all = new Map(evaluations.map((evaluation) => [evaluation.name, evaluation]));
  const recipes = [...all.values()].filter(isRecipe);
  const anything = new Map(knowledge.anything);
  return {
    project,
    catalog,
    session,
    scenarios: knowledge.scenarios,
    recipes,
    byName: new Map(recipes.map((recipe) => [recipe.name, recipe])),
    candidates: all,
    usesCatalogRecipes: () => callsRecipes(values),
    raising: new Map([...all].filter(([, one]) => !isRecipe(one) && raisesInProject(one))),
    calledWithAnything: (recipe) => {
      if (!takesArguments(recipe)) return recipe;
      const before = anything.get(recipe.name);
      if (before && isStill(before, recipe.candidate, project)) return before;
      const evaluation = evaluateCandidate(session, recipe.candidate, "unknown");
      anything.set(recipe.name, evaluation);
      return evaluation;
    },
    after: (edited) => analyseWith(edited, { ...knowledge, known: all, anything, candidates, memos }),
    of: (other) => analyseWith(other, { ...knowledge, known: all, anything, candidates: null, memos }),
  };
}

/**
 * Evaluates recipes first, then those helpers that none of them calls: a helper is judged by its callers, and alone
 * it stands only where there are none.
 */
function evaluateAll(
  candidates: readonly Candidate[],
  evaluate: (candidate: Candidate) => Evaluation,
): readonly Evaluation[] {
  const called = new Set<unknown>();
  const makers = candidates.filter((one) => !takesContainer(one));
  const recipes = makers.map((candidate) => noteCalls(evaluate(candidate), called));
  const alone = candidates.filter((one) => takesContainer(one) && !called.has(one.stmt));
  return [...recipes, ...alone.map(evaluate)];
}

/** Remembered calls that no edit can have changed. */
function keptMemos(memos: Memos, project: Project): Memos {
  return new Map(
    [...memos].filter(([, memo]) => memo !== null && memo.touched.every((module) => isSame(project, module))),
  );
}

/** Evaluates a candidate, unless no edit can have changed what it does. */
function evaluateAgain(session: Session, candidate: Candidate, last: Last): Evaluation {
  const before = last.evaluations.get(candidateName(candidate));
  if (before && isStill(before, candidate, last.project)) return before;
  return evaluateCandidate(session, candidate, "defaults");
}

/** Whether an evaluation is of this candidate, and all modules that it went through are as they were. */
function isStill(before: Evaluation, { module }: Candidate, project: Project): boolean {
  return before.candidate.module === module && [...before.touched].every((one) => isSame(project, one));
}

function isSame(project: Project, module: SourceModule): boolean {
  const current = project.module(module.path);
  return current === null || current === module;
}

/** Whether code of the project raises, so that an edit may mend it. */
function raisesInProject({ worlds }: Evaluation): boolean {
  return worlds.some(({ error }) => error?.place);
}

function takesArguments({ candidate }: Evaluation): boolean {
  const { stmt } = candidate;
  return stmt.kind === "FunctionDef" && stmt.params.length > 0;
}
