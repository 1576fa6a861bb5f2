import {
  blocks,
  edits as edit,
  walk,
  writes,
  type Assign,
  type Expr,
  type Finding,
  type Fix,
  type RaisedSite,
  type RecipeFile,
  type Stmt,
} from "../../src/index.ts";
import { makeConfig } from "./destination.ts";
import { OVERLAP_KNOBS } from "./fields.ts";
import { layoutAt, type Layout } from "./layout.ts";

/** `cfg.comm_overlap.field = value` where comm_overlap is None: the recipe ends there with an AttributeError. */
export function* missingObjects(file: RecipeFile): Generator<Finding> {
  for (const raised of file.raised) {
    const write = fieldWrite(file, raised);
    if (!write || !raised.error.message.includes("'NoneType' object has no attribute")) continue;
    const holder = file.text.slice(write.holder.start, write.holder.end);
    const layout = layoutAt(raised, write.container);
    const shown = write.alias === null ? holder : `${write.alias}, which stands for ${holder},`;
    const problem = `${shown} is None here, so that ${write.alias ?? holder}.${write.field} = … raises an ${raised.error.type}.`;
    const base = { rule: "missing-comm-overlap", severity: "warning", span: raised.stmt } as const;
    if (file.intent === "report")
      yield { ...base, message: `${problem} Make a CommOverlapConfig first.`, fix: null };
    else {
      const message = `${problem} It becomes a CommOverlapConfig${write.field === "tp_comm_overlap" ? "" : `, with tp_comm_overlap=${layout.tpOverlap} because ${layout.why}`}.`;
      yield { ...base, message, fix: fixFor(file, raised, { ...write, text: holder, layout }) };
    }
  }
}

interface FieldWrite {
  readonly stmt: Assign;
  readonly container: Expr;
  readonly holder: Expr;
  readonly field: string;
  /** The variable that stands for the holder where the field is written. */
  readonly alias: string | null;
}

function fieldWrite(file: RecipeFile, { stmt, uses }: RaisedSite): FieldWrite | null {
  if (stmt.kind !== "Assign" || stmt.targets.length !== 1) return null;
  const [target] = stmt.targets;
  if (target?.kind !== "Attribute") return null;
  const { value: object, attr: field } = target;
  const alias = object.kind === "Name" ? object.id : null;
  const func = uses[0]?.scope.func?.def;
  const body = func?.kind === "FunctionDef" ? func.body : file.source.parsed().module.body;
  const holder = alias === null ? object : standsFor(alias, stmt, body);
  if (holder?.kind !== "Attribute" || holder.attr !== "comm_overlap") return null;
  return walk.rootName(holder.value) === null
    ? null
    : { stmt, container: holder.value, holder, field, alias };
}

/** What a variable stands for, if a statement of the same block, and no other, assigned it. */
function standsFor(name: string, stmt: Stmt, body: readonly Stmt[]): Expr | null {
  const assigned = [...walk.statements(body)].filter((one) => assigns(one, name));
  const [made] = assigned;
  if (made?.kind !== "Assign" || assigned.length > 1 || made.targets.length > 1) return null;
  const block = blocks.commonBlock(body, [made, stmt]);
  return block.includes(made) && block.includes(stmt) && made.start < stmt.start ? made.value : null;
}

function assigns(stmt: Stmt, name: string): boolean {
  return (
    stmt.kind === "Assign" &&
    stmt.targets.some((target) =>
      [...walk.walkExpression(target)].some(
        (one) => one.kind === "Name" && one.id === name && target.kind !== "Attribute",
      ),
    )
  );
}

function fixFor(
  file: RecipeFile,
  raised: RaisedSite,
  { stmt, field, alias, text, layout }: FieldWrite & { readonly text: string; readonly layout: Layout },
): Fix {
  const names = writes.namesFor(file);
  const value = stmt.value ? file.text.slice(stmt.value.start, stmt.value.end) : "None";
  const required = field === "tp_comm_overlap" ? [] : [`tp_comm_overlap=${layout.tpOverlap}`];
  // Others run through here with an object of their own, which must stay.
  const isShared = file.sites.some(({ site }) => site.stmt === stmt);
  const target = alias === null ? text : `${alias} = ${text}`;
  const edits = isShared
    ? edit.insertBefore(file.text, stmt, [
        `if ${alias ?? text} is None:`,
        `    ${target} = ${makeConfig(names, `tp_comm_overlap=${layout.tpOverlap}`)}`,
      ])
    : edit.replaceSpan(file.text, stmt, `${target} = ${makeConfig(names, ...required, `${field}=${value}`)}`);
  const recipes = [...new Set(raised.uses.map(({ recipe }) => recipe.name))];
  return {
    edits: [...edits, ...names.edits()],
    claims: recipes.flatMap((recipe) => OVERLAP_KNOBS.map((knob) => ({ recipe, knob }))),
    recipes,
    knobs: [`comm_overlap.${field}`],
  };
}
