import {
  writes,
  type Call,
  type Expr,
  type RecipeFile,
  type Site,
  type Stmt,
  type Way,
  type Write,
} from "../../src/index.ts";
import type { Action } from "./action.ts";
import type { State } from "./state.ts";

/** Where an action is to be taken. */
export type Anchor =
  /** Behind `cfg.comm_overlap = CommOverlapConfig(…)`. */
  | { readonly kind: "assignment"; readonly site: Site; readonly stmt: Stmt; readonly target: Expr }
  /** In the call that makes the object. */
  | { readonly kind: "call"; readonly site: Site; readonly call: Call }
  /** Where the preset itself is written. */
  | { readonly kind: "preset"; readonly site: Site; readonly write: Write }
  /** Where the recipe's own code ends: the object comes from Bridge. */
  | { readonly kind: "end"; readonly way: Way };

/** The place for an action: the preset's own where there is one, else where the object is made. */
export function anchorFor({ way, write }: Pick<State, "way" | "write">, action: Action | null): Anchor {
  if (write && action?.kind !== "attach") return { kind: "preset", site: write.site, write };
  return makingOf(way) ?? { kind: "end", way };
}

function makingOf({ container }: Way): Anchor | null {
  const slot = container.fields.get("comm_overlap");
  const site = slot?.write?.site;
  if (!slot || site?.module.own !== true) return null;
  const { stmt, target } = site;
  const isDirect = site.form === "attribute" && stmt.kind === "Assign" && target !== null;
  if (isDirect && site.value?.kind === "Call") return { kind: "assignment", site, stmt, target };
  const made = slot.value.kind === "object" ? slot.value.fields.get("tp_comm_overlap")?.write?.site : null;
  if (made?.module.own === true && made.form === "keyword" && made.call)
    return { kind: "call", site: made, call: made.call };
  return isDirect ? { kind: "assignment", site, stmt, target } : null;
}

/** A text that is equal for two anchors exactly when they are the same place. */
export function keyOf(anchor: Anchor): string {
  if (anchor.kind === "end") return `end ${anchor.way.recipe.name}`;
  const { module, start } = anchor.site;
  return `${anchor.kind} ${module.path} ${anchor.kind === "call" ? anchor.call.start : start}`;
}

/** Whether the place lies in a file. */
export function isIn(file: RecipeFile, anchor: Anchor): boolean {
  const module = anchor.kind === "end" ? anchor.way.recipe.candidate.module : anchor.site.module;
  return module === file.source;
}

/** Whether the recipe's own function holds the place: no other of its places would be better. */
export function isOwn(anchor: Anchor, { recipe }: Way): boolean {
  if (anchor.kind === "end") return true;
  const { stmt, name } = recipe.candidate;
  return name === null ? anchor.site.func === null : anchor.site.func === stmt;
}

export function spanOf(file: RecipeFile, anchor: Anchor): { start: number; end: number } | null {
  if (anchor.kind === "end") return writes.recipeEnd(file, anchor.way.recipe)?.span ?? null;
  const { start, end } = anchor.site;
  return { start, end };
}
