import { writes, type Fix, type RecipeFile } from "../../src/index.ts";
import type { Decision } from "./decision.ts";
import type { Plan } from "./plan.ts";
import { REMIT } from "./remit.ts";

const MODULE = "megatron.bridge.training.comm_overlap";

/** Longer lines are broken, one argument on each. */
const LONGEST = 110;

/** What a fix writes, and where; null where the recipe has no one place where it ends. */
export function fixFor(
  file: RecipeFile,
  { plan, way, through }: Extract<Decision, { kind: "write" }>,
): { readonly fix: Fix; readonly statements: readonly string[] } | null {
  const end = writes.recipeEnd(file, way.recipe);
  if (!end) return null;
  const names = writes.namesFor(file);
  const makes = plan.made ? names.local(MODULE, "CommOverlapConfig") : "CommOverlapConfig";
  const statements = statementsFor(plan, end.container, makes);
  const recipes = [way.recipe.name, ...through.map(({ name }) => name)];
  const fix: Fix = {
    edits: [...end.insert(statements.flatMap(linesOf)), ...names.edits()],
    claims: recipes.flatMap((recipe) => REMIT.map((knob) => ({ recipe, knob }))),
    recipes,
    knobs: plan.lines.map(({ knob }) => knob),
  };
  return { fix, statements: statements.map(({ text }) => text) };
}

/** The statements in the order in which upstream writes them. */
export function statementsFor(plan: Plan, container: string, makes: string): Statement[] {
  const written = plan.lines.map(({ knob, value }) => ({
    knob,
    text: `${container}.${knob} = ${value}`,
    args: [],
  }));
  const isBefore = ({ knob }: Statement) => knob.startsWith("model.");
  const args = plan.made && [...plan.made].map(([name, value]) => `${name}=${value}`);
  const made = args
    ? [{ knob: "comm_overlap", text: `${container}.comm_overlap = ${makes}(${args.join(", ")})`, args }]
    : [];
  return [...written.filter(isBefore), ...made, ...written.filter((one) => !isBefore(one))];
}

/** An assignment, and the arguments of the call that it ends with. */
interface Statement {
  readonly knob: string;
  readonly text: string;
  readonly args: readonly string[];
}

function linesOf({ text, args }: Statement): string[] {
  if (text.length <= LONGEST) return [text];
  return [text.slice(0, text.indexOf("(") + 1), ...args.map((arg) => `    ${arg},`), ")"];
}
