import {
  edits as edit,
  isContainer,
  walk,
  writes,
  type Claim,
  type Edit,
  type Expr,
  type Finding,
  type ObjectValue,
  type RaisedSite,
  type RecipeFile,
  type Write,
} from "../../src/index.ts";
import { knobsOf } from "./claims.ts";
import { MIXED_PRECISION } from "./destination.ts";

/** `cfg.mixed_precision.fp8 = …` where that is a name such as "bf16_mixed": a string takes no attributes. */
export function* writesOnNames(file: RecipeFile): Generator<Finding> {
  for (const site of file.raised) {
    const written = site.error.message.startsWith("'str' object has no attribute") ? targetOf(site) : null;
    if (written) yield findingFor(file, site, written);
  }
}

/** The assignment that raises. */
interface Written {
  readonly target: Expr;
  readonly field: string;
  /** The expression that names the container: `cfg`. */
  readonly container: string;
}

function targetOf({ stmt, error }: RaisedSite): Written | null {
  const targets = stmt.kind === "Assign" ? stmt.targets : [];
  for (const target of targets) {
    if (target.kind !== "Attribute" || !error.message.endsWith(`'${target.attr}'`)) continue;
    const { value: holder } = target;
    if (holder.kind !== "Attribute" || holder.attr !== "mixed_precision") continue;
    if (holder.value.kind === "Name") return { target, field: target.attr, container: holder.value.id };
  }
  return null;
}

function findingFor(file: RecipeFile, site: RaisedSite, written: Written): Finding {
  const holder = `${written.container}.mixed_precision`;
  const { start, end } = written.target;
  const base = { rule: "write-on-a-name", severity: "warning", span: { start, end }, fix: null } as const;
  const message = `${holder}.${written.field} raises today (${site.error.type}): mixed_precision holds the name of a recipe here, and a string has no fields.`;
  const advice = "Make an object of it first, by get_mixed_precision_config().";
  if (file.intent === "report") return { ...base, message: `${message} ${advice}` };
  const edits = objectFor(file, site, written);
  if (typeof edits === "string") {
    return { ...base, message: `${message} It is left for you, as ${edits}. ${advice}` };
  }
  const recipes = [...new Set(site.uses.map(({ recipe }) => recipe.name))];
  const knobs = fieldsWritten(site, holder).flatMap(knobsOf);
  const claims: Claim[] = recipes.flatMap((recipe) => knobs.map((knob) => ({ recipe, knob })));
  return {
    ...base,
    message: `${message} It is made an object first, so that the recipe runs and the field counts.`,
    fix: { edits, claims, recipes, knobs },
  };
}

/** Makes the object: where this function writes the name out, in its place, else in front of the assignment. */
function objectFor(file: RecipeFile, site: RaisedSite, { container }: Written): Edit[] | string {
  const names = writes.namesFor(file);
  const held = site.uses.map(({ scope, world }) => ({ object: scope.vars.get(container), world, scope }));
  const literals = held.map(({ object, world, scope }) => {
    const last = object && isContainer(object) ? lastAssignment(object, world.writes) : undefined;
    return last?.site.func === (scope.func?.def ?? null) && last.site.value?.kind === "Constant"
      ? last.site.value
      : null;
  });
  if (held.some(({ object }) => !object || !isContainer(object))) return "there is no container of that name";
  const [literal] = literals;
  if (literal && literals.every((one) => one === literal)) {
    const made = edit.replaceExpression(file.text, literal, MIXED_PRECISION.ofLiteral(literal.value, names));
    return [...made, ...names.edits()];
  }
  const holder = `${container}.mixed_precision`;
  const line = `${holder} = ${MIXED_PRECISION.ofHolder(holder, names)}`;
  return [...edit.insertBefore(file.text, site.stmt, [line]), ...names.edits()];
}

function lastAssignment(container: ObjectValue, all: readonly Write[]): Write | undefined {
  return all.findLast((write) => write.object === container && write.field === "mixed_precision");
}

/** Every field that the function writes on the object once there is one. */
function fieldsWritten({ uses, stmt }: RaisedSite, holder: string): readonly string[] {
  const [use] = uses;
  const def = use?.scope.func?.def;
  const text = use?.scope.module.text ?? "";
  const body = def?.kind === "FunctionDef" ? def.body : [stmt];
  const fields = [...walk.statements(body)].flatMap((one) =>
    one.kind === "Assign"
      ? one.targets.flatMap((target) =>
          target.kind === "Attribute" && text.slice(target.value.start, target.value.end) === holder
            ? [target.attr]
            : [],
        )
      : [],
  );
  return [...new Set(fields)];
}
