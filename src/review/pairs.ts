import type { Analysis } from "../analysis.ts";
import { effectiveOf } from "../effects.ts";
import { isRecipe, type Evaluation } from "../recipe/evaluate.ts";
import { mergedJson, toJson } from "../recipe/json-value.ts";
import { scenariosOf } from "../scenarios.ts";
import type { Both } from "./sides.ts";

/** A recipe before and after a change; null on the side where there is none. */
export type Pair =
  | { readonly before: Evaluation; readonly after: Evaluation }
  | { readonly before: Evaluation; readonly after: null }
  | { readonly before: null; readonly after: Evaluation };

/** The files that a recipe runs through, on either side. */
export function modulesOf({ before, after }: Pair): string[] {
  const sides = [before, after].flatMap((side) => side ?? []);
  return sides.flatMap(({ candidate, touched }) => [candidate.module, ...touched]).map(({ path }) => path);
}

/** Pairs the recipes of both states: by their names, else, where one vanished as another appeared, by what they do. */
export function pairRecipes(both: Both, isBroken: (path: string) => boolean): Pair[] {
  const { before, after } = both;
  const pairs: Pair[] = [];
  const gone: Evaluation[] = [];
  const added: Evaluation[] = [];
  for (const name of new Set([...before.byName.keys(), ...after.byName.keys()])) {
    const old = before.byName.get(name) ?? before.raising.get(name);
    const now = after.byName.get(name) ?? after.raising.get(name);
    if (old && now) pairs.push({ before: old, after: now });
    else if (old && !isStillThere(both, "after", { recipe: old, isBroken })) gone.push(old);
    else if (now && !isStillThere(both, "before", { recipe: now, isBroken })) added.push(now);
  }
  const renamed = matchRenamed({ gone, added, both });
  const known = new Set<Evaluation>(renamed.flatMap((pair) => [pair.before, pair.after]));
  return [
    ...pairs,
    ...renamed,
    ...gone.filter((one) => !known.has(one)).map((old) => ({ before: old, after: null })),
    ...added.filter((one) => !known.has(one)).map((now) => ({ before: null, after: now })),
  ];
}

interface OneSided {
  readonly recipe: Evaluation;
  readonly isBroken: (path: string) => boolean;
}

/**
 * Whether a function exists in the other state, too: a helper that is called there is no recipe by itself, and one that
 * builds on what another Bridge lacks is one that nothing can be told of.
 */
function isStillThere(both: Both, other: "before" | "after", { recipe, isBroken }: OneSided): boolean {
  const { candidate, isHelper } = recipe;
  if (isBroken(candidate.module.path)) return true;
  if (!isHelper && both.shift === null) return false;
  const body = both[other].project.module(candidate.module.path)?.parsed().module.body ?? [];
  return body.some((stmt) => stmt.kind === "FunctionDef" && stmt.name === candidate.name);
}

interface Matching {
  readonly gone: readonly Evaluation[];
  readonly added: readonly Evaluation[];
  readonly both: Both;
}

type KeyOf = (recipe: Evaluation, analysis: Analysis) => string | null;

/** Recipes under another name: with the same code, or with the same effective configuration; the best match first. */
function matchRenamed({ gone, added, both }: Matching): { before: Evaluation; after: Evaluation }[] {
  if (gone.length === 0 || added.length === 0) return [];
  const matched = new Map<Evaluation, Evaluation>();
  const taken = new Set<Evaluation>();
  const keys: KeyOf[] = [named(codeKey), codeKey, named(configurationKey), configurationKey];
  for (const keyOf of keys) {
    const open = new Map<string, Evaluation[]>();
    for (const now of added.filter((one) => !taken.has(one))) {
      const key = keyOf(now, both.after);
      if (key !== null) open.set(key, [...(open.get(key) ?? []), now]);
    }
    for (const old of gone.filter((one) => !matched.has(one))) {
      const now = open.get(keyOf(old, both.before) ?? "")?.shift();
      if (!now) continue;
      matched.set(old, now);
      taken.add(now);
    }
  }
  return [...matched].map(([old, now]) => ({ before: old, after: now }));
}

function named(keyOf: KeyOf): KeyOf {
  return (recipe, analysis) => {
    const key = keyOf(recipe, analysis);
    return key === null ? null : `${recipe.candidate.name ?? ""} ${key}`;
  };
}

/** The function's text without its name. */
function codeKey({ candidate: { stmt, module, name } }: Evaluation): string | null {
  if (stmt.kind !== "FunctionDef") return null;
  const header = module.text.slice(stmt.header.start, stmt.header.end).replace(name ?? "", "");
  return header + module.text.slice(stmt.header.end, stmt.end).trimEnd();
}

const configurations = new WeakMap<Evaluation, string | null>();

/** Everything that runs, as far as it is known; null for what is no recipe, or where nothing is known. */
function configurationKey(recipe: Evaluation, analysis: Analysis): string | null {
  let key = configurations.get(recipe);
  if (key === undefined) configurations.set(recipe, (key = configurationOf(recipe, analysis)));
  return key;
}

function configurationOf(recipe: Evaluation, analysis: Analysis): string | null {
  const [scenario] = scenariosOf(analysis, recipe);
  if (!scenario || !isRecipe(recipe) || recipe.isHelper || recipe.incomplete !== null) return null;
  const ways = recipe.worlds.map((world) => effectiveOf(world, scenario));
  const knobs = [...new Set(ways.flatMap((way) => [...way.knobs]))].sort();
  const values = knobs.map((knob) => {
    const seen = ways.map((way) => {
      const resolved = way.resolved(knob);
      return resolved ? toJson(resolved.value) : { absent: true };
    });
    return [knob, mergedJson(seen)];
  });
  return values.length === 0 ? null : JSON.stringify(values);
}
