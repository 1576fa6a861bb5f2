import type { Moves } from "../../src/bridge/catalog.ts";
import type { Exports } from "./exports.ts";

/** What is known of the import paths of the version before. */
export interface Before {
  readonly exports: Exports;
  readonly moves: Moves;
}

export interface After {
  readonly version: string;
  readonly exports: Exports;
  /** Whether an import path may be there, of whatever kind it is. */
  mayImport(path: string): boolean;
}

/**
 * The import paths of all earlier versions that a version has no more, each with where its class or function is
 * now. That is told where one alone can be meant: the same name and kind, and either still the same definition or
 * the only one that is new.
 */
export function movesOf(before: Before, after: After): Moves {
  const was = flat(before.exports);
  const placeNow = placing(was, flat(after.exports));
  const moves: Record<string, Moves[string]> = {};
  for (const [path, { since, to }] of Object.entries(before.moves)) {
    if (after.mayImport(path)) continue;
    const left = to === undefined ? undefined : was.get(to);
    const now = to === undefined || after.mayImport(to) ? to : left && placeNow(left);
    moves[path] = { since, ...(typeof now === "string" && { to: now }) };
  }
  for (const one of was.values()) {
    if (after.mayImport(one.path)) continue;
    const to = placeNow(one);
    const isToldByModule = to === null && one.kind !== "module" && !after.mayImport(one.module);
    if (!isToldByModule) moves[one.path] = { since: after.version, ...(to !== null && { to }) };
  }
  return Object.fromEntries(Object.entries(moves).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Exported = ReadonlyMap<string, Export>;

/** Where something that a version exported can be imported from in the next one; null if that cannot be told. */
function placing(was: Exported, is: Exported): (one: Export) => string | null {
  const definedBefore = new Set([...was.values()].map(({ definition }) => definition));
  const namesakes = new Map<string, Map<string, string>>();
  for (const { kind, name, definition, path } of is.values()) {
    const key = `${kind} ${name}`;
    const places = namesakes.get(key) ?? new Map<string, string>();
    const known = places.get(definition) ?? path;
    places.set(definition, isPublicAs(name, definition) ? definition : shorter(path, known));
    namesakes.set(key, places);
  }
  return ({ kind, name, definition }) => {
    // A module of the same name elsewhere may hold anything.
    if (kind === "module") return null;
    const places = namesakes.get(`${kind} ${name}`) ?? new Map<string, string>();
    const fresh = [...places].filter(([defined]) => !definedBefore.has(defined));
    return places.get(definition) ?? (fresh.length === 1 ? (fresh[0]?.[1] ?? null) : null);
  };
}

interface Export {
  readonly path: string;
  readonly module: string;
  readonly name: string;
  readonly kind: string;
  readonly definition: string;
}

function flat(exports: Exports): Map<string, Export> {
  const found = new Map<string, Export>();
  for (const [module, names] of Object.entries(exports)) {
    found.set(module, { ...splitPath(module), path: module, kind: "module", definition: module });
    for (const [name, told] of Object.entries(names)) {
      const path = `${module}.${name}`;
      const [kind = "", definition = path] = told.split(" ");
      if (!(path in exports)) found.set(path, { path, module, name, kind, definition });
    }
  }
  return found;
}

function splitPath(path: string): { readonly module: string; readonly name: string } {
  const dot = path.lastIndexOf(".");
  return { module: path.slice(0, dot), name: path.slice(dot + 1) };
}

/** Whether a definition can be imported under a name from where it is made. */
function isPublicAs(name: string, definition: string): boolean {
  return definition.endsWith(`.${name}`) && !/(^|\.)_/.test(definition);
}

function shorter(a: string, b: string): string {
  return a.length < b.length ? a : b;
}
