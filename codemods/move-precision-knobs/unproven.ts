import {
  walk,
  type Assign,
  type Expr,
  type Finding,
  type FunctionDef,
  type RecipeFile,
  type Stmt,
} from "../../src/index.ts";
import { isPrecisionKnob } from "./fields.ts";

/** A field of a section, as `cfg.ddp.knob` names it: a look for it spares the walk through most functions. */
const SECTION_FIELD = /\.(?:ddp|model|optimizer)\.\w+[ \t]*(?:=[^=]|,)/;

/** `cfg.ddp.knob = …` on a container of which nothing is known: no fix, since mixed_precision may be None. */
export function* unprovenWrites(file: RecipeFile): Generator<Finding> {
  if (!file.text.includes("ConfigContainer") || !SECTION_FIELD.test(file.text)) return;
  const seen = new Set(file.sites.map(({ site }) => site.start));
  for (const func of functionsIn(file.source.parsed().module.body)) {
    if (!SECTION_FIELD.test(file.text.slice(func.start, func.end))) continue;
    for (const { stmt, target } of assignedTargets(func)) {
      const knob = seen.has(target.start) ? null : knobOf(target);
      if (knob === null || !isContainerName(file, func, knob.owner)) continue;
      const written = file.text.slice(stmt.start, stmt.end).replace(/\s+/g, " ");
      const message = `${written} is left for you to decide: it cannot be proved that mixed_precision is set, because ${reasonFor(file, func, knob.owner)}. If it is, this line has no effect: write ${knob.owner}.mixed_precision.${knob.field}.`;
      yield { rule: "hand-over", severity: "warning", span: target, message, fix: null };
    }
  }
}

function assignedTargets(func: FunctionDef): { stmt: Assign; target: Expr }[] {
  return [...walk.statements(func.body)].flatMap((stmt) =>
    stmt.kind === "Assign" ? stmt.targets.flatMap(walk.storeTargets).map((target) => ({ stmt, target })) : [],
  );
}

function functionsIn(body: readonly Stmt[]): FunctionDef[] {
  return body.filter((stmt): stmt is FunctionDef => stmt.kind === "FunctionDef");
}

function knobOf(target: Expr): { owner: string; field: string } | null {
  if (target.kind !== "Attribute" || target.value.kind !== "Attribute") return null;
  const { value: owner, attr: section } = target.value;
  const isKnob = owner.kind === "Name" && isPrecisionKnob(section, target.attr);
  return isKnob ? { owner: owner.id, field: target.attr } : null;
}

/** Whether annotations say that a name is a container: its own, its parameter's, or that of the function returning it. */
function isContainerName(file: RecipeFile, func: FunctionDef, name: string): boolean {
  const param = func.params.find((one) => one.name === name);
  const annotations = [param?.annotation, ...assignmentsTo(func, name).map(({ annotation }) => annotation)];
  if (returnsName(func, name)) annotations.push(func.returns);
  return annotations.some(
    (span) => span && /\bConfigContainer\b/.test(file.text.slice(span.start, span.end)),
  );
}

function assignmentsTo(func: FunctionDef, name: string): Assign[] {
  return [...walk.statements(func.body)].filter(
    (stmt): stmt is Assign =>
      stmt.kind === "Assign" && stmt.targets.some((target) => target.kind === "Name" && target.id === name),
  );
}

function returnsName(func: FunctionDef, name: string): boolean {
  return [...walk.statements(func.body)].some(
    (stmt) => stmt.kind === "Return" && stmt.value?.kind === "Name" && stmt.value.id === name,
  );
}

function reasonFor(file: RecipeFile, func: FunctionDef, name: string): string {
  const recipe = file.analysis.recipes.find(({ candidate }) => candidate.stmt === func);
  if (recipe?.isHelper === true) return `no recipe of this project calls ${func.name}()`;
  const [first] = assignmentsTo(func, name);
  if (recipe || !first?.value)
    return "no recipe of this project, called with defaults, is known to end with what this line writes";
  const source = file.text.slice(first.value.start, first.value.end).replace(/\s+/g, " ");
  return `what ${source} gives cannot be told from this project`;
}
