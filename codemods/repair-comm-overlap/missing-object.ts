import {
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
    const write = fieldWrite(raised.stmt);
    if (!write || !raised.error.message.includes("'NoneType' object has no attribute")) continue;
    const holder = file.text.slice(write.holder.start, write.holder.end);
    const layout = layoutAt(raised, write.container);
    const problem = `${holder} is None here, so that ${holder}.${write.field} = … raises an ${raised.error.type}.`;
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
}

function fieldWrite(stmt: Stmt): FieldWrite | null {
  if (stmt.kind !== "Assign" || stmt.targets.length !== 1) return null;
  const [target] = stmt.targets;
  if (target?.kind !== "Attribute" || target.value.kind !== "Attribute") return null;
  const { value: holder, attr: field } = target;
  return holder.attr === "comm_overlap" && walk.rootName(holder.value) !== null
    ? { stmt, container: holder.value, holder, field }
    : null;
}

function fixFor(
  file: RecipeFile,
  raised: RaisedSite,
  { stmt, field, text, layout }: FieldWrite & { readonly text: string; readonly layout: Layout },
): Fix {
  const names = writes.namesFor(file);
  const value = stmt.value ? file.text.slice(stmt.value.start, stmt.value.end) : "None";
  const required = field === "tp_comm_overlap" ? [] : [`tp_comm_overlap=${layout.tpOverlap}`];
  // Others run through here with an object of their own, which must stay.
  const isShared = file.sites.some(({ site }) => site.stmt === stmt);
  const edits = isShared
    ? edit.insertBefore(file.text, stmt, [
        `if ${text} is None:`,
        `    ${text} = ${makeConfig(names, `tp_comm_overlap=${layout.tpOverlap}`)}`,
      ])
    : edit.replaceSpan(file.text, stmt, `${text} = ${makeConfig(names, ...required, `${field}=${value}`)}`);
  const recipes = [...new Set(raised.uses.map(({ recipe }) => recipe.name))];
  return {
    edits: [...edits, ...names.edits()],
    claims: recipes.flatMap((recipe) => OVERLAP_KNOBS.map((knob) => ({ recipe, knob }))),
    recipes,
    knobs: [`comm_overlap.${field}`],
  };
}
