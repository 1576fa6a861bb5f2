import {
  edits as edit,
  walk,
  type Argument,
  type Call,
  type Edit,
  type Finding,
  type RaisedSite,
  type RecipeFile,
} from "../../src/index.ts";
import { OVERLAP_KNOBS } from "./fields.ts";
import { layoutAt } from "./layout.ts";

const REQUIRED = "tp_comm_overlap";

/** `CommOverlapConfig()` without the field that it requires, or with arguments by position: a TypeError. */
export function* brokenConstructors(file: RecipeFile): Generator<Finding> {
  for (const raised of file.raised) {
    const { message: error } = raised.error;
    if (!error.startsWith("CommOverlapConfig.__init__() ")) continue;
    const calls = callsIn(file, raised);
    const [call] = calls;
    if (!call || calls.length > 1) continue;
    const positional = call.args.filter((arg) => arg.kind === "positional");
    const lacks = positional.length === 0 && error.includes(`'${REQUIRED}'`);
    if (!lacks && positional.length === 0) continue;
    yield findingFor(file, raised, { call, positional });
  }
}

/** The calls of the class in a statement, under any name that the file has for it. */
function callsIn(file: RecipeFile, { stmt }: RaisedSite): Call[] {
  return walk
    .ownExpressions(stmt)
    .flatMap((expr) => [...walk.walkExpression(expr)])
    .filter((expr): expr is Call => expr.kind === "Call" && isClass(file, expr));
}

function isClass(file: RecipeFile, { func }: Call): boolean {
  if (func.kind === "Attribute") return func.attr === "CommOverlapConfig";
  return func.kind === "Name" && file.importedFrom(func.id) === "megatron.bridge.training.comm_overlap";
}

function findingFor(
  file: RecipeFile,
  raised: RaisedSite,
  { call, positional }: { call: Call; positional: readonly Argument[] },
): Finding {
  const layout = layoutAt(raised, null);
  const problem = `${raised.error.type}: ${raised.error.message}.`;
  const rule = "comm-overlap-constructor";
  const base = { rule, severity: "warning", span: call, fix: null } as const;
  const isGiven = call.args.some(({ name }) => name === REQUIRED);
  if (positional.length > 1 || (positional.length === 1 && isGiven))
    return { ...base, message: `${problem} Pass each argument by its name.` };
  const [arg] = positional;
  const what = arg
    ? `The first argument is ${REQUIRED}=, by name.`
    : `${REQUIRED}=${layout.tpOverlap} is what fits, because ${layout.why}.`;
  if (file.intent === "report") return { ...base, message: `${problem} ${what}` };
  const edits = arg
    ? nameArgument(file, arg)
    : edit.addKeyword(file.text, call, `${REQUIRED}=${layout.tpOverlap}`);
  const recipes = [...new Set(raised.uses.map(({ recipe }) => recipe.name))];
  const claims = recipes.flatMap((recipe) => OVERLAP_KNOBS.map((knob) => ({ recipe, knob })));
  const fix = { edits, claims, recipes, knobs: [`comm_overlap.${REQUIRED}`] };
  return { ...base, message: `${problem} ${what}`, fix };
}

function nameArgument({ text }: RecipeFile, { value }: Argument): Edit[] {
  return edit.replaceExpression(text, value, `${REQUIRED}=${text.slice(value.start, value.end)}`);
}
