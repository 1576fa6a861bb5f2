import type { ImportedName, ImportFrom, Module, Stmt } from "../syntax.ts";
import type { NewName } from "./import-names.ts";
import { bindingsOf, isNameUsed, type Binding } from "./names.ts";
import { everyStatement } from "./place.ts";

/** `from m import x`, with `alias` only where another name than `x` is wanted. */
export interface ImportRequest {
  readonly from: string;
  readonly name: string;
  readonly alias?: string;
}

/** A module and the imports that are about to leave it. */
export interface ImportingModule {
  readonly text: string;
  readonly module: Module;
  readonly gone: ReadonlyMap<ImportFrom, readonly ImportedName[]>;
}

/** What requests come to: local names in their order, names for existing statements, and for new ones by module. */
export interface ResolvedImports {
  readonly localNames: string[];
  readonly extended: Map<ImportFrom, NewName[]>;
  readonly separate: Map<string, NewName[]>;
}

/** Decides for each request whether an import is there, which one can be extended, and what the name will be. */
export function resolveImports(
  importing: ImportingModule,
  requests: readonly ImportRequest[],
): ResolvedImports {
  const resolved: ResolvedImports = { localNames: [], extended: new Map(), separate: new Map() };
  if (requests.length === 0) return resolved;
  const bound = boundNames(importing);
  const chosen = new Map<string, string>();
  for (const request of requests) {
    const id = `${request.from}:${request.name}`;
    const known = chosen.get(id) ?? existingName(importing, bound, request);
    const localName = known ?? freeName(importing, { bound, request, taken: [...chosen.values()] });
    chosen.set(id, localName);
    resolved.localNames.push(localName);
    if (known === null) file(resolved, importing, { request, localName });
  }
  return resolved;
}

type Bound = ReadonlyMap<string, readonly Binding[]>;

function boundNames({ text, module, gone }: ImportingModule): Bound {
  const bound = new Map<string, Binding[]>();
  for (const binding of bindingsOf(text, module)) {
    const { name, imported } = binding;
    if (imported && gone.get(imported.stmt)?.includes(imported.name)) continue;
    bound.set(name, [...(bound.get(name) ?? []), binding]);
  }
  return bound;
}

/** The name of an import at the top level that nothing else in the module rebinds. */
function existingName(
  { module, gone }: ImportingModule,
  bound: Bound,
  request: ImportRequest,
): string | null {
  for (const stmt of importsFrom(module, request.from)) {
    if (stmt.names.length === 0 && meansOnly(bound, request.name, request)) return request.name;
    for (const name of stmt.names) {
      const localName = name.alias ?? name.name;
      const isThere = name.name === request.name && !gone.get(stmt)?.includes(name);
      if (isThere && meansOnly(bound, localName, request)) return localName;
    }
  }
  return null;
}

function importsFrom(module: Module, from: string): ImportFrom[] {
  return module.body.filter(
    (stmt): stmt is ImportFrom => isFrom(stmt) && stmt.level === 0 && stmt.module === from,
  );
}

function isFrom(stmt: Stmt): stmt is ImportFrom {
  return stmt.kind === "ImportFrom";
}

/** Whether whatever binds a name binds it to the thing requested. */
function meansOnly(bound: Bound, localName: string, request: ImportRequest): boolean {
  return (bound.get(localName) ?? []).every(({ imported }) => {
    if (!imported || imported.stmt.level > 0) return false;
    return imported.stmt.module === request.from && imported.name.name === request.name;
  });
}

/** The name itself, or one made of the module's: `bf16_mixed` from `a.mixed_precision` is `mixed_precision_bf16_mixed`. */
function freeName(
  { text, module }: ImportingModule,
  { bound, request, taken }: { bound: Bound; request: ImportRequest; taken: readonly string[] },
): string {
  const isFree = (name: string) => {
    if (taken.includes(name) || !meansOnly(bound, name, request)) return false;
    // A name that is used but never bound is a builtin, or comes with a star.
    return bound.has(name) || !isNameUsed(text, module, name);
  };
  const preferred = request.alias ?? request.name;
  if (isFree(preferred)) return preferred;
  const alias = `${request.from.split(".").at(-1) ?? ""}_${request.name}`;
  for (let number = 2, name = alias; ; number += 1) {
    if (isFree(name)) return name;
    name = `${alias}_${number}`;
  }
}

/** Files a new name under the statement that takes it, or under its module. */
function file(
  resolved: ResolvedImports,
  importing: ImportingModule,
  { request, localName }: { request: ImportRequest; localName: string },
): void {
  const name: NewName = { name: request.name, alias: localName === request.name ? null : localName };
  const stmt = importsFrom(importing.module, request.from).find((each) =>
    takes(importing.module, each, name),
  );
  if (stmt) resolved.extended.set(stmt, [...(resolved.extended.get(stmt) ?? []), name]);
  else resolved.separate.set(request.from, [...(resolved.separate.get(request.from) ?? []), name]);
}

/** isort keeps `x as y` on a line of its own unless told otherwise (`combine-as-imports`), which a file then shows. */
function takes(module: Module, stmt: ImportFrom, name: NewName): boolean {
  if (stmt.names.length === 0) return false;
  const isPlain = name.alias === null && stmt.names.some((each) => each.alias === null);
  return isPlain || combinesAliases(module);
}

/** Whether a module has aliased and other names in one import. */
export function combinesAliases(module: Module): boolean {
  for (const stmt of everyStatement(module.body)) {
    if (isFrom(stmt) && stmt.names.length > 1 && stmt.names.some((name) => name.alias !== null)) return true;
  }
  return false;
}
