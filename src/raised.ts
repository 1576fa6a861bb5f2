import type { Analysis } from "./analysis.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import type { RaisePlace } from "./recipe/machine.ts";
import type { Environment } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";

/** A statement of the project at which recipes raise, so that nothing behind it runs. */
export interface RaisedSite {
  readonly stmt: RaisePlace["stmt"];
  /** `AttributeError: 'str' object has no attribute …`, as Python says it. */
  readonly error: { readonly type: string; readonly message: string };
  readonly uses: readonly RaisedUse[];
}

/** One recipe, in one of its ways, that ends there. */
export interface RaisedUse {
  readonly recipe: Evaluation;
  /** What it wrote until then. */
  readonly world: World;
  /** The variables at that point. */
  readonly scope: Environment;
}

type ByFile = ReadonlyMap<string, readonly RaisedSite[]>;

const collected = new WeakMap<Analysis, ByFile>();

/** The sites of each file before the last edit, for a project and what edits make of it. */
const latest = new WeakMap<Analysis["project"]["input"], Map<string, readonly RaisedSite[]>>();

/** Where recipes raise in a file, in source order; the same array as before an edit that changed nothing about them. */
export function raisedIn(analysis: Analysis, path: string): readonly RaisedSite[] {
  let byFile = collected.get(analysis);
  if (!byFile) collected.set(analysis, (byFile = collect(analysis)));
  const { input } = analysis.project;
  let table = latest.get(input);
  if (!table) latest.set(input, (table = new Map<string, readonly RaisedSite[]>()));
  const sites = byFile.get(path) ?? NONE;
  const before = table.get(path) ?? NONE;
  if (isSame(before, sites)) return before;
  table.set(path, sites);
  return sites;
}

const NONE: readonly RaisedSite[] = [];

function isSame(a: readonly RaisedSite[], b: readonly RaisedSite[]): boolean {
  const worlds = (sites: readonly RaisedSite[]) =>
    sites.flatMap(({ uses }) => uses.map(({ world }) => world));
  const [before, now] = [worlds(a), worlds(b)];
  return before.length === now.length && before.every((world, index) => world === now[index]);
}

function collect(analysis: Analysis): ByFile {
  const byFile = new Map<string, (RaisedSite & { readonly uses: RaisedUse[] })[]>();
  for (const recipe of [...analysis.recipes, ...analysis.raising.values()]) {
    // Arguments may lead past places that a call with defaults never sees.
    for (const one of new Set([recipe, analysis.calledWithAnything(recipe)])) {
      for (const world of one.worlds) {
        const { error } = world;
        if (!error?.place) continue;
        const { stmt, scope } = error.place;
        const { path } = scope.module;
        const sites = byFile.get(path) ?? [];
        byFile.set(path, sites);
        const use = { recipe, world, scope };
        const same = sites.find((site) => site.stmt === stmt && site.error.message === error.message);
        if (same) same.uses.push(use);
        else sites.push({ stmt, error: { type: error.type, message: error.message }, uses: [use] });
      }
    }
  }
  for (const sites of byFile.values()) sites.sort((a, b) => a.stmt.start - b.stmt.start);
  return byFile;
}
