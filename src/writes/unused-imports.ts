import type { Finding, RecipeFile } from "../codemod.ts";
import type { Edit } from "../edit.ts";
import * as imports from "../python/edits/imports.ts";
import * as edit from "../python/edits/index.ts";
import type { Module, Stmt } from "../python/syntax.ts";

/** Adds to fixes the removal of imports that nothing uses once they and the fixes before them are applied. */
export function withoutUnusedImports(file: RecipeFile, findings: readonly Finding[]): Finding[] {
  if (findings.every(({ fix }) => fix === null)) return [...findings];
  const { module } = file.source.parsed();
  const applied: Edit[] = [];
  const removed = new Set<string>();
  return findings.map((finding) => {
    if (!finding.fix || file.path.endsWith("__init__.py")) return finding;
    applied.push(...finding.fix.edits);
    const unused = importedNames(module).filter(
      ({ local }) => !removed.has(local) && becomesUnused(file, local, applied),
    );
    for (const { local } of unused) removed.add(local);
    if (unused.length === 0) return finding;
    const edits = [...finding.fix.edits, ...importRemovals(file, unused)];
    return { ...finding, fix: { ...finding.fix, edits } };
  });
}

interface ImportedName {
  readonly local: string;
  readonly name: string;
  readonly stmt: Stmt;
}

function importedNames({ body }: Module): ImportedName[] {
  return body.flatMap((stmt): ImportedName[] => {
    if (stmt.kind === "ImportFrom" && stmt.module !== "__future__")
      return stmt.names.map(({ name, alias }) => ({ local: alias ?? name, name, stmt }));
    if (stmt.kind !== "Import" || stmt.names.length !== 1) return [];
    return stmt.names.map(({ name, alias }) => ({ local: alias ?? name.split(".")[0] ?? name, name, stmt }));
  });
}

/** Whether edits take away the last use of a name: one of them held it, and no new text does. */
function becomesUnused(file: RecipeFile, local: string, edits: readonly Edit[]): boolean {
  const word = new RegExp(`\\b${local}\\b`);
  const gone = edits.filter(({ start, end }) => word.test(file.text.slice(start, end)));
  if (gone.length === 0 || edits.some(({ text }) => word.test(text))) return false;
  return !imports.isNameUsedOutside(file.text, file.source.parsed().module, {
    localName: local,
    ignoring: gone,
  });
}

function importRemovals(file: RecipeFile, unused: readonly ImportedName[]): Edit[] {
  const { module } = file.source.parsed();
  const whole = unused.flatMap(({ stmt }) => (stmt.kind === "Import" ? [stmt] : []));
  const names = unused.flatMap(({ stmt, name }) =>
    stmt.kind === "ImportFrom" && stmt.level === 0 ? [{ from: stmt.module, name }] : [],
  );
  return [
    ...(whole.length > 0 ? edit.removeStatements(file.text, module, whole) : []),
    ...imports.removeImports(file.text, module, names),
  ];
}
