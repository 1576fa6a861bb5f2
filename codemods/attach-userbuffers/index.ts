import { defineCodemod, writes, type Finding, type RecipeFile, type Span } from "../../src/index.ts";
import type { Action } from "./action.ts";
import { isIn, spanOf } from "./anchor.ts";
import { fixFor, KNOB } from "./fix.ts";
import { groupsOf, isAgreed, isToDo, type Group } from "./groups.ts";
import {
  attachMessage,
  disagreementMessage,
  hopelessMessage,
  mendMessage,
  mismatchMessage,
  needText,
  noFitMessage,
  unknownMessage,
} from "./messages.ts";

export default defineCodemod({
  set: "overlap",
  remit: [KNOB],
  find: (file) => writes.withoutUnusedImports(file, [...findIn(file)]),
});

/** A group with its place in the file. */
interface Placed {
  readonly group: Group;
  readonly span: Span;
}

function* findIn(file: RecipeFile): Generator<Finding> {
  const placed = groupsOf(file.analysis).flatMap((group): Placed[] => {
    const span = isIn(file, group.anchor) ? spanOf(file, group.anchor) : null;
    return span ? [{ group, span }] : [];
  });
  yield* unknowns(placed);
  for (const one of placed) yield* findAt(file, one);
}

function* findAt(file: RecipeFile, { group, span }: Placed): Generator<Finding> {
  const action = group.members.map((member) => member.action).find(isToDo);
  if (!action) {
    yield* notes(group, span);
    return;
  }
  if (!isAgreed(group)) {
    const needs = group.members.map(({ way, action: needed }) => `${way.recipe.name} ${needText(needed)}`);
    yield finding("hand-over", span, disagreementMessage([...new Set(needs)]));
    return;
  }
  const [rule, message] =
    action.kind === "attach"
      ? (["missing-preset", attachMessage(action)] as const)
      : (["harmful-preset", mendMessage(action)] as const);
  if (file.intent !== "honor") {
    yield finding(rule, span, message);
    return;
  }
  const fix = fixFor(file, group, action);
  if (typeof fix === "string")
    yield finding("hand-over", span, `${message} It is left for you to change: ${fix}.`);
  else yield { ...finding(rule, span, message), fix };
}

/** What is said of a place where nothing changes. */
function* notes({ members }: Group, span: Span): Generator<Finding> {
  const said = new Set<string>();
  for (const { action } of members) {
    const note = action && noteOn(action, span);
    if (!note || said.has(note.message)) continue;
    said.add(note.message);
    yield note;
  }
}

function noteOn(action: Action, span: Span): Finding | null {
  if (action.kind === "hopeless") return finding("hand-over", span, hopelessMessage(action));
  if (action.kind === "mismatch")
    return { ...finding("preset-mismatch", span, mismatchMessage(action)), severity: "info" };
  if (action.kind === "no fit")
    return { ...finding("no-preset", span, noFitMessage(action)), severity: "info" };
  return null;
}

/** What is not known and would decide is said once for each thing: one option may answer for many recipes. */
function* unknowns(placed: readonly Placed[]): Generator<Finding> {
  const byMissing = new Map<string, { span: Span; missing: readonly string[]; recipes: Set<string> }>();
  for (const { group, span } of placed) {
    for (const { action, way } of group.members) {
      if (action?.kind !== "unknown") continue;
      const key = action.missing.join();
      const entry = byMissing.get(key) ?? { span, missing: action.missing, recipes: new Set<string>() };
      entry.recipes.add(way.recipe.name);
      byMissing.set(key, entry);
    }
  }
  for (const { span, missing, recipes } of byMissing.values())
    yield { ...finding("no-preset", span, unknownMessage(missing, [...recipes])), severity: "info" };
}

function finding(rule: string, { start, end }: Span, message: string): Finding {
  return { rule, severity: "warning", span: { start, end }, message, fix: null };
}
