import type { RecipeFile } from "../codemod.ts";
import type { Edit, Span } from "../edit.ts";
import { nested } from "../python/blocks.ts";
import * as edit from "../python/edits/index.ts";
import type { FunctionDef, Return, Stmt } from "../python/syntax.ts";
import * as walk from "../python/walk.ts";
import type { Evaluation } from "../recipe/evaluate.ts";
import { spotFor } from "./spot.ts";

/** Where a recipe's own code ends. Statements put there see the container as it will be used. */
export interface RecipeEnd {
  /** What the container is called there. */
  readonly container: string;
  /** The statement that ends it. */
  readonly span: Span;
  /** Inserts lines, given without indentation. */
  insert(lines: readonly string[]): Edit[];
}

/** The end of a recipe that a file defines; null where there is no one place that every way passes. */
export function recipeEnd(file: RecipeFile, { candidate, name }: Evaluation): RecipeEnd | null {
  const { stmt } = candidate;
  const { text } = file;
  if (candidate.module !== file.source) return null;
  if (candidate.name !== null) {
    if (stmt.kind !== "FunctionDef") return null;
    return returnEnd(text, stmt) ?? launchEnd(text, stmt.body);
  }
  return launchEnd(text, file.source.parsed().module.body) ?? lastWriteEnd(file, name);
}

/** `return cfg` at the end of a function that returns nowhere else. */
function returnEnd(text: string, func: FunctionDef): RecipeEnd | null {
  const last = func.body.at(-1);
  const returns = [...walk.statements(func.body)].filter((stmt) => stmt.kind === "Return");
  if (last?.kind !== "Return" || returns.length !== 1 || !last.value) return null;
  if (last.value.kind === "Name")
    return endBefore(text, { block: func.body, last, container: last.value.id });
  return nameReturned(text, func, last);
}

/** `return make()`: the container gets a name first. */
function nameReturned(text: string, func: FunctionDef, last: Return): RecipeEnd | null {
  const { value } = last;
  const words = new Set(text.slice(func.start, func.end).match(/\w+/g));
  const container = ["cfg", "config", "recipe"].find((name) => !words.has(name));
  if (!value || container === undefined) return null;
  return {
    container,
    span: last,
    insert: (lines) => [
      { start: last.start, end: value.start, text: `${container} = ` },
      ...edit.insertAfter(text, last, [...lines, `return ${container}`]),
    ],
  };
}

/** In front of `pretrain(cfg)`. */
function launchEnd(text: string, body: readonly Stmt[]): RecipeEnd | null {
  for (const block of blocksIn(body)) {
    for (const last of block) {
      const container = launchedName(last);
      if (container !== null) return endBefore(text, { block, last, container });
    }
  }
  return null;
}

function blocksIn(block: readonly Stmt[]): (readonly Stmt[])[] {
  return [block, ...block.flatMap((stmt) => nested(stmt).flatMap(blocksIn))];
}

function launchedName(stmt: Stmt): string | null {
  if (stmt.kind !== "ExprStmt" || stmt.value.kind !== "Call") return null;
  const { func, args } = stmt.value;
  const called = func.kind === "Name" ? func.id : func.kind === "Attribute" ? func.attr : "";
  if (called !== "pretrain" && called !== "finetune") return null;
  const given = args.find((arg) => arg.name === "config") ?? args.find((arg) => arg.name === null);
  return given?.value.kind === "Name" ? given.value.id : null;
}

/** In front of a statement, and of an assignment of `env_vars` right before it: upstream keeps those together. */
function endBefore(
  text: string,
  { block, last, container }: { block: readonly Stmt[]; last: Stmt; container: string },
): RecipeEnd {
  let at = block.indexOf(last);
  while (at > 0 && setsEnvironment(text, block[at - 1], container)) at -= 1;
  const before = block[at - 1];
  const behind = block[at] ?? last;
  return {
    container,
    span: last,
    insert: (lines) =>
      before && !isDocstring(before)
        ? edit.insertAfter(text, before, lines)
        : edit.insertBefore(text, behind, lines),
  };
}

function setsEnvironment(text: string, stmt: Stmt | undefined, container: string): boolean {
  const target = stmt?.kind === "Assign" ? stmt.targets[0] : undefined;
  return target !== undefined && text.slice(target.start, target.end) === `${container}.env_vars`;
}

function isDocstring(stmt: Stmt): boolean {
  return stmt.kind === "ExprStmt" && stmt.value.kind === "Constant";
}

/** Behind the last write of a script that launches nothing. */
function lastWriteEnd(file: RecipeFile, recipe: string): RecipeEnd | null {
  const site = file.sites.findLast(
    (one) => one.site.func === null && one.uses.some((use) => use.recipe.name === recipe),
  );
  const spot = site ? spotFor(site, site.section) : "no write";
  if (typeof spot === "string") return null;
  const { container, after } = spot;
  return { container, span: after, insert: (lines) => edit.insertAfter(file.text, after, lines) };
}
