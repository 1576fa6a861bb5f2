import type { Edit, Span } from "../edit.ts";
import { nested } from "../python/blocks.ts";
import * as edit from "../python/edits/index.ts";
import type { Call, FunctionDef, Return, Stmt } from "../python/syntax.ts";
import * as walk from "../python/walk.ts";
import type { Candidate } from "../recipe/discover.ts";

/** Where a recipe's own code ends. Statements put there see the container as it will be used. */
export interface RecipeEnd {
  /** What the container is called there. */
  readonly container: string;
  /** The statement that ends it. */
  readonly span: Span;
  /** Inserts lines, given without indentation. */
  insert(lines: readonly string[]): Edit[];
}

/** The end of a recipe; null where there is no one place that every way passes. */
export function recipeEnd({ module, name, stmt }: Candidate): RecipeEnd | null {
  if (name === null) return launchEnd(module.text, module.parsed().module.body);
  if (stmt.kind !== "FunctionDef") return null;
  return returnEnd(module.text, stmt) ?? launchEnd(module.text, stmt.body);
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

const LAUNCH = /^(?:pretrain|finetune)$/;

function launchedName(stmt: Stmt): string | null {
  if (stmt.kind !== "ExprStmt" || stmt.value.kind !== "Call") return null;
  const { func, args } = stmt.value satisfies Call;
  const called = func.kind === "Name" ? func.id : func.kind === "Attribute" ? func.attr : "";
  if (!LAUNCH.test(called)) return null;
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
  const target = stmt?.kind === "Assign" ? stmt.targets[0] : null;
  return (
    target !== null &&
    target !== undefined &&
    text.slice(target.start, target.end) === `${container}.env_vars`
  );
}

function isDocstring(stmt: Stmt): boolean {
  return stmt.kind === "ExprStmt" && stmt.value.kind === "Constant";
}
