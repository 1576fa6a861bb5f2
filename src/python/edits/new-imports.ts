import type { Edit } from "../../edit.ts";
import { lineLengthOf, lineStart, newlineOf, indentUnitOf, statementTail } from "../source.ts";
import type { Module, Stmt } from "../syntax.ts";
import { blanksBelow } from "./blank-lines.ts";
import { nameSource, type NewName } from "./import-names.ts";
import { compareImports, memberIndex, placeImport, sectionOf, type ImportPlace } from "./import-order.ts";
import { combinesAliases } from "./import-request.ts";
import { insertion } from "./merge.ts";
import { insertAfter, insertBefore } from "./statements.ts";

/** An import statement to write. */
interface NewImport {
  readonly from: string;
  readonly names: readonly NewName[];
}

/** Adds statements that import names, given by module, each where isort would put it. */
export function newImports(
  text: string,
  module: Module,
  names: ReadonlyMap<string, readonly NewName[]>,
): Edit[] {
  const statements = [...names].flatMap(([from, all]) => statementsFor(module, from, all)).sort(inOrder);
  const places = new Map<string, { place: ImportPlace | null; statements: NewImport[] }>();
  for (const statement of statements) {
    const place = placeImport(text, module, { module: statement.from, member: memberOf(statement) });
    const id = place ? `${place.anchor.start} ${place.side} ${place.apart}` : "";
    const before = places.get(id)?.statements ?? [];
    places.set(id, { place, statements: [...before, statement] });
  }
  return [...places.values()].flatMap(({ place, statements: together }) => {
    const lines = together.flatMap((statement, index) => {
      const before = together[index - 1];
      const isApart = before !== undefined && sectionOf(before.from) !== sectionOf(statement.from);
      return [...(isApart ? [""] : []), ...linesFor(text, statement)];
    });
    return place ? insertAt(text, place, lines) : insertFirst(text, module, lines);
  });
}

/** One statement for all names of a module, but one for each alias where the file does not combine them. */
function statementsFor(module: Module, from: string, names: readonly NewName[]): NewImport[] {
  const apart = combinesAliases(module) ? [] : names.filter((name) => name.alias !== null);
  const together: NewName[] = [];
  for (const name of names.filter((each) => !apart.includes(each))) {
    together.splice(
      memberIndex(
        together.map((each) => each.name),
        name.name,
      ),
      0,
      name,
    );
  }
  const groups = [together, ...apart.map((name) => [name])];
  return groups.filter((group) => group.length > 0).map((group) => ({ from, names: group }));
}

function inOrder(a: NewImport, b: NewImport): number {
  const bySection = sectionOf(a.from) - sectionOf(b.from);
  return (
    bySection ||
    compareImports({ module: a.from, member: memberOf(a) }, { module: b.from, member: memberOf(b) })
  );
}

function memberOf(statement: NewImport): string {
  return statement.names[0]?.name ?? "";
}

function linesFor(text: string, { from, names }: NewImport): string[] {
  const sources = names.map(nameSource);
  const line = `from ${from} import ${sources.join(", ")}`;
  if (line.length <= lineLengthOf(text)) return [line];
  return [`from ${from} import (`, ...sources.map((source) => `${indentUnitOf(text)}${source},`), ")"];
}

function insertAt(text: string, place: ImportPlace, lines: readonly string[]): Edit[] {
  const { anchor, side, apart } = place;
  if (side === "before") return insertBefore(text, anchor, apart ? [...lines, ""] : lines);
  return insertAfter(text, anchor, apart ? ["", ...lines] : lines);
}

/** The first imports of a module: after its docstring, else before its first statement, else at the end. */
function insertFirst(text: string, module: Module, lines: readonly string[]): Edit[] {
  const [first, second] = module.body;
  if (first && isDocstring(first)) {
    const below = blanksBelow(text, statementTail(text, first).next).count;
    const missing = second ? Math.max(0, gapBefore(second) - below) : 0;
    return insertAfter(text, first, ["", ...lines, ...Array.from({ length: missing }, () => "")]);
  }
  // A definition brings the blank lines above it along.
  if (first) return insertBefore(text, first, gapBefore(first) === 2 ? lines : [...lines, ""]);
  const newline = newlineOf(text);
  const isUnended = lineStart(text, text.length) < text.length;
  return [insertion(text.length, (isUnended ? newline : "") + lines.map((line) => line + newline).join(""))];
}

function isDocstring(stmt: Stmt): boolean {
  return stmt.kind === "ExprStmt" && stmt.value.kind === "Constant" && typeof stmt.value.value === "string";
}

function gapBefore(stmt: Stmt): number {
  return stmt.kind === "FunctionDef" || stmt.kind === "ClassDef" ? 2 : 1;
}
