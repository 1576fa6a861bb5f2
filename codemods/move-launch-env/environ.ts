import {
  edits as edit,
  isContainer,
  launch,
  type Expr,
  type Finding,
  type FunctionDef,
  type RecipeFile,
  type Stmt,
  type Value,
} from "../../src/index.ts";
import { statementsIn } from "./calls.ts";
import { objection, runningFacts } from "./facts.ts";
import type { Spot } from "./holder.ts";
import { putSettings } from "./put.ts";
import { shownSettings, VARIABLES, type Setting } from "./settings.ts";

/** A statement that changes the environment of the process that runs it. */
interface ProcessWrite {
  readonly stmt: Stmt;
  readonly func: FunctionDef | null;
  readonly setting: Setting;
}

/** `os.environ["CUDA_DEVICE_MAX_CONNECTIONS"] = "1"` in a recipe: `env_vars` says it where a reader of the recipe looks. */
export function* processEnvironment(file: RecipeFile): Generator<Finding> {
  for (const { stmt, func } of statementsIn(file.source.parsed().module.body, null)) {
    const setting = writtenBy(file, stmt);
    if (setting) yield findingFor(file, { stmt, func, setting });
  }
}

function findingFor(file: RecipeFile, write: ProcessWrite): Finding {
  const { stmt, func, setting } = write;
  const { start, end } = stmt;
  const shown = shownSettings([setting]);
  const alone = { rule: "left-alone", severity: "info", span: { start, end }, fix: null } as const;
  const runs = func ? recipesThrough(file, func) : [];
  if (!func || runs.length === 0) {
    return {
      ...alone,
      message: `${shown} is set here for the process that runs this line, which is left alone: it is no recipe's.`,
    };
  }
  if (launch.launchMechanism(file.analysis.catalog) !== "env_vars") {
    return {
      ...alone,
      message: `${shown} is left alone: a recipe can set it in no other way before Bridge 0.6.`,
    };
  }
  const why = `${shown} is set when the recipe is built, which may be after CUDA started or in another process.`;
  const base = { rule: "process-environment", severity: "warning", span: { start, end } } as const;
  const advice = "Set it in cfg.env_vars, which Bridge exports before training starts.";
  if (file.intent !== "honor") return { ...base, message: `${why} ${advice}`, fix: null };
  const edits = move(file, write, runs);
  if (typeof edits === "string") {
    return { ...base, message: `${why} It is left for you: ${edits}.`, fix: null };
  }
  const recipes = [...new Set(runs.map(({ name }) => name))];
  const knob = `env_vars.${setting.name}`;
  const claims = recipes.map((recipe) => ({ recipe, knob }));
  const defaults = stmt.kind === "ExprStmt" && sourceOf(file, stmt.value).includes("setdefault");
  const shell = defaults
    ? "a value from the shell wins, as before"
    : "a value from the shell, which used to be replaced, now wins";
  const message = `${why} On cfg.env_vars Bridge exports it before training starts, with os.environ.setdefault: ${shell}.`;
  return { ...base, message, fix: { edits, claims, recipes, knobs: [knob] } };
}

type Run = ReturnType<typeof recipesThrough>[number];

/** The recipes that run a function, each with what it makes of its container. */
function recipesThrough(file: RecipeFile, func: FunctionDef) {
  return file.analysis.recipes.flatMap((recipe) =>
    recipe.worlds
      .filter(({ machine }) => machine.called.has(func))
      .map((world) => ({ name: recipe.name, isOwn: recipe.candidate.stmt === func, world })),
  );
}

function move(file: RecipeFile, { stmt, func, setting }: ProcessWrite, runs: readonly Run[]) {
  const sites = file.sites.filter(({ site }) => site.func === func);
  const uses = sites.flatMap((one) => one.uses);
  const seen = runs.map(({ name }) => ({
    name,
    facts: uses
      .filter(({ recipe }) => recipe.name === name)
      .map((use) => runningFacts(file, name, use.effective))[0],
  }));
  const known = seen.flatMap(({ name, facts }) => (facts ? [{ name, facts }] : []));
  const against = objection(file, [setting], known);
  if (against !== null) return against;
  const name = containerName(sites[0]?.site.scope.vars, func, runs);
  if (name === null)
    return "there is no name for the container here; set it in cfg.env_vars of the recipes that call this";
  const boundBy = bindingOf(func, name);
  const spot: Spot = { func, stmt, vars: new Map() };
  const put = putSettings(file, { spot, holder: { kind: "name", name, boundBy }, replaces: true }, [setting]);
  return typeof put === "string" ? put : put.edits;
}

function containerName(
  vars: ReadonlyMap<string, Value> | undefined,
  func: FunctionDef | null,
  runs: readonly Run[],
): string | null {
  for (const [name, value] of vars ?? []) if (isContainer(value)) return name;
  const param = func?.params.find(({ annotation }) => annotation !== null);
  const own = runs.some(({ isOwn }) => isOwn);
  const last = func?.body.at(-1);
  if (own && last?.kind === "Return" && last.value?.kind === "Name") return last.value.id;
  return own && last?.kind !== "Return" ? (param?.name ?? null) : null;
}

/** The statement that gives the container its name; null for a parameter. */
function bindingOf(func: FunctionDef | null, name: string): Stmt | null {
  return (
    func?.body.find(
      (stmt) => stmt.kind === "Assign" && stmt.targets.some((one) => one.kind === "Name" && one.id === name),
    ) ?? null
  );
}

/** The variable that a statement sets; null for any other statement. */
function writtenBy(file: RecipeFile, stmt: Stmt): Setting | null {
  if (stmt.kind === "Assign" && stmt.value) {
    const [target] = stmt.targets;
    const isItem = target?.kind === "Subscript" && isEnviron(file, target.value);
    return isItem ? settingOf(file, stmt, { key: target.index, value: stmt.value }) : null;
  }
  const call = stmt.kind === "ExprStmt" && stmt.value.kind === "Call" ? stmt.value : null;
  const [name, value] = call?.args ?? [];
  if (call?.func.kind !== "Attribute" || !name || !value) return null;
  const { attr, value: owner } = call.func;
  const sets =
    (attr === "setdefault" && isEnviron(file, owner)) ||
    (attr === "putenv" && sourceOf(file, owner) === "os");
  return sets ? settingOf(file, stmt, { key: name.value, value: value.value }) : null;
}

function settingOf(
  file: RecipeFile,
  stmt: Stmt,
  { key, value }: { readonly key: Expr; readonly value: Expr },
): Setting | null {
  const name = key.kind === "Constant" && typeof key.value === "string" ? key.value : null;
  if (name === null || !VARIABLES.includes(name)) return null;
  return { name, value, source: sourceOf(file, value), comment: edit.trailingComment(file.text, stmt) };
}

function isEnviron(file: RecipeFile, expr: Expr): boolean {
  const source = sourceOf(file, expr);
  return source === "os.environ" || (source === "environ" && file.importedFrom("environ") === "os");
}

function sourceOf({ text }: RecipeFile, { start, end }: Expr): string {
  return text.slice(start, end);
}
