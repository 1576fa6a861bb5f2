import { waysOf, type RecipeFile, type Way } from "../../src/index.ts";
import { actionFor, type Action } from "./action.ts";
import { anchorFor, isOwn, keyOf, type Anchor } from "./anchor.ts";
import { stateOf, type State } from "./state.ts";

/** A way that goes through a place, and what it needs there; no action where TP overlap does not run on it. */
export interface Member {
  readonly way: Way;
  readonly action: Action | null;
}

/** A place, and all ways of all recipes that go through it. */
export interface Group {
  readonly anchor: Anchor;
  readonly members: readonly Member[];
}

/** The places of the whole project at which something is to be done or said. */
export function groupsOf(analysis: RecipeFile["analysis"]): readonly Group[] {
  const all = analysis.recipes
    .filter((recipe) => !recipe.isHelper)
    .flatMap((recipe) => waysOf(analysis, recipe).map((way) => reading(way, analysis.catalog.presets)));
  const groups = collect(all.map(({ anchor, member }) => ({ anchor, member })));
  // What recipes do not agree on in a function that they share, each of them can have at its own end.
  return groups.flatMap((group) => (isAgreed(group) || !isShared(group) ? [group] : atEnds(group)));
}

function reading(way: Way, presets: RecipeFile["analysis"]["catalog"]["presets"]) {
  const state: State | null = stateOf(way, presets);
  const action = state && actionFor(state);
  const anchor = anchorFor(state ?? { way, write: null }, action);
  return { anchor, member: { way, action } };
}

function collect(all: readonly { anchor: Anchor; member: Member }[]): Group[] {
  const groups = new Map<string, { anchor: Anchor; members: Member[] }>();
  for (const { anchor, member } of all) {
    const key = keyOf(anchor);
    const group = groups.get(key);
    if (group) group.members.push(member);
    else groups.set(key, { anchor, members: [member] });
  }
  return [...groups.values()];
}

/** What an action comes to: two members with the same answer can share one edit. */
function answerOf(action: Action | null): string {
  if (action?.kind === "attach") return `attach ${action.preset}`;
  if (action?.kind === "mend") return `mend ${action.preset} ${String(action.instead)}`;
  return "leave";
}

/** Whether one edit is right for every way through the place. */
export function isAgreed({ members }: Group): boolean {
  return new Set(members.map(({ action }) => answerOf(action))).size === 1;
}

function isShared({ anchor, members }: Group): boolean {
  return anchor.kind !== "end" && members.every(({ way }) => !isOwn(anchor, way));
}

function atEnds({ members }: Group): Group[] {
  return collect(members.map((member) => ({ member, anchor: { kind: "end", way: member.way } })));
}
