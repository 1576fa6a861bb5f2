import { waysOf, type RecipeFile, type Way } from "../../src/index.ts";
import { hasWork, isAdded, planFor, type Plan } from "./plan.ts";

type Analysis = RecipeFile["analysis"];
type Recipe = Analysis["recipes"][number];

/** What one recipe comes to, over all its ways. */
export type Decision =
  | { readonly kind: "write"; readonly plan: Plan; readonly way: Way; readonly through: readonly Recipe[] }
  /** Another recipe, whose function this one runs through, gets what this one lacks. */
  | { readonly kind: "defer"; readonly to: Recipe; readonly plan: Plan }
  | { readonly kind: "hand over"; readonly plan: Plan; readonly why: string }
  | { readonly kind: "leave"; readonly plan: Plan };

/** Decides on a recipe; null where nothing can be said of it. */
export function decide(analysis: Analysis, recipe: Recipe): Decision | null {
  const own = ownDecision(analysis, recipe);
  if (own === null || own.kind === "leave") return own;
  const bases = relationsOf(analysis).bases.get(recipe) ?? [];
  const base = bases.find((one) => ownDecision(analysis, one)?.kind === "write");
  return base ? { kind: "defer", to: base, plan: own.plan } : own;
}

const known = new WeakMap<Analysis, Map<Recipe, Decision | null>>();

function ownDecision(analysis: Analysis, recipe: Recipe): Decision | null {
  let table = known.get(analysis);
  if (!table) known.set(analysis, (table = new Map<Recipe, Decision | null>()));
  let decision = table.get(recipe);
  if (decision === undefined) table.set(recipe, (decision = makeDecision(analysis, recipe)));
  return decision;
}

function makeDecision(analysis: Analysis, recipe: Recipe): Decision | null {
  // A private base is run by others alone: each of them asks for what its own layout allows.
  if (recipe.isHelper || recipe.candidate.name?.startsWith("_") === true) return null;
  const ways = waysOf(analysis, recipe);
  const plans = ways.map(planFor);
  const [plan] = plans;
  const [way] = ways;
  if (!plan || !way || recipe.incomplete !== null || plans.some((one) => one === null)) return null;
  if (new Set(plans.map((one) => one && keyOf(one))).size > 1)
    return {
      kind: "hand over",
      plan,
      why: "what it lacks depends on conditions that cannot be computed here",
    };
  if (plan.obstacle !== null) return { kind: "hand over", plan, why: `the recipe sets ${plan.obstacle}` };
  if (!hasWork(plan)) return { kind: "leave", plan };
  const through = relationsOf(analysis).derived.get(recipe) ?? [];
  const against = through.filter((one) => !suits(analysis, one, plan));
  if (against.length === 0) return { kind: "write", plan, way, through };
  return { kind: "hand over", plan, why: unsuited(against) };
}

/** How many recipes are named, where all are meant. */
const NAMED = 3;

function unsuited(against: readonly Recipe[]): string {
  const names = against.slice(0, NAMED).map(({ name }) => name);
  const more = against.length > NAMED ? ` and ${String(against.length - NAMED)} more` : "";
  return `it would not be right for ${names.join(", ")}${more}, which ${against.length > 1 ? "run" : "runs"} through this function, too`;
}

function keyOf({ lines, made, obstacle }: Plan): string {
  return JSON.stringify([lines, made && [...made], obstacle]);
}

/** Whether what one recipe lacks is right for another that is made from it. */
function suits(analysis: Analysis, recipe: Recipe, { parts }: Plan): boolean {
  const plans = waysOf(analysis, recipe).map(planFor);
  return plans.every((plan) => {
    if (plan === null) return false;
    const { tensor, data, pipeline } = plan.parts;
    const fits = (needed: Plan["parts"]["tensor"], has: Plan["parts"]["tensor"]) =>
      !isAdded(needed) || has.kind === "add" || has.kind === "on";
    return (
      fits(parts.tensor, tensor) &&
      fits(parts.data, data) &&
      (!isAdded(parts.pipeline) || pipeline.kind !== "left")
    );
  });
}

interface Relations {
  /** The recipes that each function of a recipe is run by, its own left out. */
  readonly derived: ReadonlyMap<Recipe, readonly Recipe[]>;
  readonly bases: ReadonlyMap<Recipe, readonly Recipe[]>;
}

const related = new WeakMap<Analysis, Relations>();

function relationsOf(analysis: Analysis): Relations {
  let relations = related.get(analysis);
  if (!relations) related.set(analysis, (relations = readRelations(analysis)));
  return relations;
}

function readRelations({ recipes }: Analysis): Relations {
  const byFunction = new Map(recipes.map((recipe) => [recipe.candidate.stmt as unknown, recipe]));
  const derived = new Map<Recipe, Recipe[]>();
  const bases = new Map<Recipe, Recipe[]>();
  for (const recipe of recipes) {
    const called = new Set(recipe.worlds.flatMap(({ machine }) => [...machine.called]));
    for (const stmt of called) {
      const base = byFunction.get(stmt);
      if (!base || base === recipe || base.candidate.stmt === recipe.candidate.stmt) continue;
      derived.set(base, [...(derived.get(base) ?? []), recipe]);
      bases.set(recipe, [...(bases.get(recipe) ?? []), base]);
    }
  }
  return { derived, bases };
}
