import type { Edit } from "../../edit.ts";
import type { ImportedName, ImportFrom, Module, Stmt } from "../syntax.ts";
import { addNames, canRebuild, rebuildNames, removeNames, type NewName } from "./import-names.ts";
import { memberIndex } from "./import-order.ts";
import { resolveImports, type ImportRequest } from "./import-request.ts";
import { newImports } from "./new-imports.ts";
import { blocksIn, type Block } from "./place.ts";
import { removeStatements } from "./statements.ts";

export { isNameUsed, isNameUsedOutside } from "./names.ts";
export type { ImportRequest } from "./import-request.ts";

/** Makes one name available, see {@link addImports}. */
export function addImport(
  text: string,
  module: Module,
  request: ImportRequest,
): { edits: Edit[]; localName: string } {
  const { edits, localNames } = addImports(text, module, [request]);
  return { edits, localName: localNames[0] ?? request.name };
}

/**
 * Makes names available at run time everywhere in a module, and says what each is called there:
 * 1. already imported at the top level (a star counts): no edit, the name or alias that it has;
 * 2. the name means something else in the module: imported under an alias;
 * 3. the module imports others from there: added to that list, in its order and form;
 * 4. else: an import of its own where isort would put it.
 */
export function addImports(
  text: string,
  module: Module,
  requests: readonly ImportRequest[],
): { edits: Edit[]; localNames: string[] } {
  return changeImports(text, module, { add: requests, remove: [] });
}

/** Removes a name that the module no longer uses, see {@link removeImports}. */
export function removeImport(text: string, module: Module, name: ImportRequest): Edit[] {
  return removeImports(text, module, [name]);
}

/**
 * Removes names from every import of the module but those in a `try`, whose failure means something. An import
 * without names goes as a whole. That the names are no longer used is for the caller to know.
 */
export function removeImports(text: string, module: Module, names: readonly ImportRequest[]): Edit[] {
  return changeImports(text, module, { add: [], remove: names }).edits;
}

/** Removes names and adds others at once: one statement may be concerned by both. */
export function changeImports(
  text: string,
  module: Module,
  change: { readonly add: readonly ImportRequest[]; readonly remove: readonly ImportRequest[] },
): { edits: Edit[]; localNames: string[] } {
  const gone = namesToRemove(module, change.remove);
  const { localNames, extended, separate } = resolveImports({ text, module, gone }, change.add);
  const emptied = [...gone].filter(
    ([stmt, names]) => names.length === stmt.names.length && !extended.has(stmt),
  );
  const emptiedStatements = emptied.map(([stmt]) => stmt);
  const touched = new Set(
    [...gone.keys(), ...extended.keys()].filter((stmt) => !emptiedStatements.includes(stmt)),
  );
  const edits = [...touched].flatMap((stmt) => {
    return changeNames(text, stmt, { add: extended.get(stmt) ?? [], remove: gone.get(stmt) ?? [] });
  });
  const body = module.body.filter((stmt) => stmt.kind !== "ImportFrom" || !emptiedStatements.includes(stmt));
  return {
    localNames,
    edits: [
      ...edits,
      ...removeStatements(text, module, emptiedStatements),
      ...newImports(text, { ...module, body }, separate),
    ],
  };
}

function changeNames(
  text: string,
  stmt: ImportFrom,
  change: { readonly add: readonly NewName[]; readonly remove: readonly ImportedName[] },
): Edit[] {
  const { add, remove } = change;
  if (add.length === 0) return removeNames(text, stmt, remove);
  if (remove.length === 0) return addNames(text, stmt, add);
  if (!canRebuild(text, stmt)) return [...removeNames(text, stmt, remove), ...addNames(text, stmt, add)];
  const names: NewName[] = stmt.names.filter((name) => !remove.includes(name));
  for (const name of add) {
    names.splice(
      memberIndex(
        names.map((each) => each.name),
        name.name,
      ),
      0,
      name,
    );
  }
  return [rebuildNames(text, stmt, names)];
}

function namesToRemove(module: Module, requests: readonly ImportRequest[]): Map<ImportFrom, ImportedName[]> {
  const gone = new Map<ImportFrom, ImportedName[]>();
  for (const stmt of outsideTry(module.body)) {
    if (stmt.kind !== "ImportFrom" || stmt.level > 0) continue;
    const names = stmt.names.filter((name) =>
      requests.some((request) => request.from === stmt.module && request.name === name.name),
    );
    if (names.length > 0) gone.set(stmt, names);
  }
  return gone;
}

function* outsideTry(block: Block): Generator<Stmt> {
  for (const stmt of block) {
    yield stmt;
    if (stmt.kind === "Try") continue;
    for (const nested of blocksIn(stmt)) yield* outsideTry(nested);
  }
}
