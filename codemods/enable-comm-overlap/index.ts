import { defineCodemod, writes, type Finding, type RecipeFile, type Span } from "../../src/index.ts";
import { decide, type Decision } from "./decision.ts";
import { fixFor } from "./fix.ts";
import { addedMessage, deferredMessage, handedOverMessage } from "./messages.ts";
import { notesOn, type Remark } from "./notes.ts";
import type { Part } from "./part.ts";
import { REMIT } from "./remit.ts";

export default defineCodemod({ set: "overlap", remit: REMIT, find });

function* find(file: RecipeFile): Generator<Finding> {
  const remarks: Remark[] = [];
  for (const recipe of file.analysis.recipes) {
    if (recipe.candidate.module !== file.source) continue;
    const decision = decide(file.analysis, recipe);
    if (!decision) continue;
    const { stmt } = recipe.candidate;
    const span = writes.recipeEnd(file, recipe)?.span ?? { start: stmt.start, end: stmt.start };
    yield* findOne(file, decision, span);
    const name = recipe.candidate.name ?? recipe.name;
    for (const left of Object.values(decision.plan.parts))
      if (left.kind === "left") remarks.push({ left, recipe: name, span });
  }
  yield* notesOn(remarks);
}

function* findOne(file: RecipeFile, decision: Decision, span: Span): Generator<Finding> {
  yield* action(file, decision, span);
  for (const part of Object.values(decision.plan.parts)) {
    const asked = askedOf(file, part, span);
    if (asked) yield asked;
  }
}

function* action(file: RecipeFile, decision: Decision, span: Span): Generator<Finding> {
  if (decision.kind === "hand over") yield warning("hand-over", span, handedOverMessage(decision));
  if (
    decision.kind === "defer" &&
    !file.analysis.project.input.targets.has(decision.to.candidate.module.path)
  )
    yield note("left-alone", span, deferredMessage(decision));
  if (decision.kind !== "write") return;
  const made = fixFor(file, decision);
  if (!made) {
    const why = "the function has no one place where it ends";
    yield warning("hand-over", span, handedOverMessage({ kind: "hand over", plan: decision.plan, why }));
    return;
  }
  const found = warning("missing-overlap", span, addedMessage(decision.plan, made.statements, file.path));
  // Under the others nothing that runs may change.
  yield file.intent === "honor" ? { ...found, fix: made.fix } : found;
}

/** A prerequisite that is missing and that a person has to decide on. */
function askedOf(file: RecipeFile, part: Part, span: Span): Finding | null {
  if (part.kind !== "ask") return null;
  const at = part.at?.site.module === file.source ? part.at.site : span;
  return warning("hand-over", at, `${part.why}.`);
}

function warning(rule: string, { start, end }: Span, message: string): Finding {
  return { rule, severity: "warning", span: { start, end }, message, fix: null };
}

function note(rule: string, span: Span, message: string): Finding {
  return { ...warning(rule, span, message), severity: "info" };
}
