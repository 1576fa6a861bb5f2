import { waysOf, type RecipeFile, type Way } from "../../src/index.ts";
import { actionFor, type Action } from "./action.ts";
import { anchorFor, isOwn, keyOf, type Anchor } from "./anchor.ts";
import { stateOf, type State } from "./state.ts";

type Analysis = RecipeFile["analysis"];

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

const known = new WeakMap<Analysis, readonly Group[]>();

/** The places of the whole project at which something is to be done or said; read once, whatever file asks. */
export function groupsOf(analysis: Analysis): readonly Group[] {
  let groups = known.get(analysis);
  if (!groups) known.set(analysis, (groups = readGroups(analysis)));
  return groups;
}

function readGroups(analysis: Analysis): readonly Group[] {
  const { targets } = analysis.project.input;
  const all = analysis.recipes
    .filter((recipe) => !recipe.isHelper)
    .flatMap((recipe) => waysOf(analysis, recipe).map((way) => reading(way, analysis.catalog.presets)));
  const passing = new Set(all.filter(({ making, key }) => making !== key).map(({ making }) => making));
  return collect(all).flatMap((group) => {
    // Where others come through with presets of their own, the place is nobody's in particular.
    const isShared =
      passing.has(keyOf(group.anchor)) && group.members.every(({ way }) => !isOwn(group.anchor, way));
    return isAgreed(group) && !isShared ? [group] : apart(group, targets);
  });
}

/**
 * What recipes do not agree on in a function that they share, each of them gets at its own end. Then the function is
 * that of the others alone: they wait for the next look, so that no fix hangs on another.
 */
function apart(group: Group, targets: ReadonlySet<string>): readonly Group[] {
  const movers = group.members.filter(
    ({ way, action }) =>
      isToDo(action) && !isOwn(group.anchor, way) && targets.has(way.recipe.candidate.module.path),
  );
  if (movers.length === 0) return [group];
  return collect(movers.map((member) => ({ member, anchor: { kind: "end", way: member.way } })));
}

interface Reading extends Located {
  /** Where the action is to be taken, and where the object is made, as keys. */
  readonly key: string;
  readonly making: string;
}

interface Located {
  readonly anchor: Anchor;
  readonly member: Member;
}

/** A way outlives edits that cannot reach it. */
const read = new WeakMap<Way, Reading>();

function reading(way: Way, presets: Analysis["catalog"]["presets"]): Reading {
  let result = read.get(way);
  if (!result) read.set(way, (result = readWay(way, presets)));
  return result;
}

function readWay(way: Way, presets: Analysis["catalog"]["presets"]): Reading {
  const state: State | null = stateOf(way, presets);
  const action = state && actionFor(state);
  const anchor = anchorFor(state ?? { way, write: null }, action);
  const making = keyOf(anchorFor({ way, write: null }, null));
  return { anchor, key: keyOf(anchor), making, member: { way, action } };
}

function collect(all: readonly Located[]): Group[] {
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

/** Whether an action changes something. */
export function isToDo(action: Action | null): action is Extract<Action, { kind: "attach" | "mend" }> {
  return action?.kind === "attach" || action?.kind === "mend";
}
