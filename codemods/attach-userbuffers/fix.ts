import {
  edits as edit,
  isConstant,
  writes,
  type Edit,
  type Expr,
  type Fix,
  type RecipeFile,
} from "../../src/index.ts";
import type { Action } from "./action.ts";
import type { Anchor } from "./anchor.ts";
import type { Group } from "./groups.ts";

const MODULE = "megatron.bridge.training.comm_overlap";
const FIELD = "tp_comm_overlap_cfg";

/** The one knob that presets decide. */
export const KNOB = `model.${FIELD}`;

/** The fix for a group that agrees; a text where the code leaves no place for it. */
export function fixFor(file: RecipeFile, group: Group, action: Action): Fix | string {
  const preset = action.kind === "attach" ? action.preset : action.kind === "mend" ? action.instead : null;
  const names = writes.namesFor(file);
  const value = preset === null ? null : names.local(MODULE, preset);
  const edits = editsFor(file, group.anchor, value);
  if (typeof edits === "string") return edits;
  const recipes = [...new Set(group.members.map(({ way }) => way.recipe.name))];
  return {
    edits: [...edits, ...names.edits()],
    claims: recipes.map((recipe) => ({ recipe, knob: KNOB })),
    recipes,
    knobs: [KNOB, `comm_overlap.${FIELD}`],
  };
}

function editsFor(file: RecipeFile, anchor: Anchor, value: string | null): Edit[] | string {
  const { text } = file;
  const written = value ?? "None";
  switch (anchor.kind) {
    case "assignment": {
      const target = text.slice(anchor.target.start, anchor.target.end);
      return edit.insertAfter(text, anchor.stmt, [`${target}.${FIELD} = ${written}`]);
    }
    case "call":
      return edit.addKeyword(text, anchor.call, `${FIELD}=${written}`);
    case "preset":
      return presetEdits(file, anchor, value);
    case "end": {
      const end = writes.recipeEnd(file, anchor.way.recipe);
      if (!end) return "the recipe has no one place where it ends";
      return end.insert([`${end.container}.comm_overlap.${FIELD} = ${written}`]);
    }
  }
}

/** Replaces a preset where it is named, or takes it away. */
function presetEdits(
  file: RecipeFile,
  { site, write }: Extract<Anchor, { kind: "preset" }>,
  value: string | null,
): Edit[] | string {
  if (!site.value || !isDirect(file, site.value))
    return "the preset comes from a variable, whose other uses may need it";
  const before = write.previous;
  if (value !== null) return edit.replaceExpression(file.text, site.value, value);
  if (before && !isConstant(before, null)) return edit.replaceExpression(file.text, site.value, "None");
  const written = file.sites.find((one) => one.site.start === site.start && one.field === FIELD);
  const stuck = written ? writes.removable(written) : "it is not a write that can be taken away";
  return written && stuck === null ? writes.removeSites(file, [written], { comment: "keep" }) : (stuck ?? "");
}

/** Whether an expression names a preset itself: imported, or an attribute of the module. */
function isDirect(file: RecipeFile, expr: Expr): boolean {
  if (expr.kind === "Name") return file.importedFrom(expr.id) !== null || expr.id.startsWith("userbuffers_");
  return expr.kind === "Attribute" && expr.attr.startsWith("userbuffers_");
}
