import { blocks, type RecipeFile, type Stmt } from "../../src/index.ts";
import type { Place } from "./place.ts";

/**
 * `if not isinstance(cfg.mixed_precision, str):` around the same write on mixed_precision: what people wrote to get by
 * with a name there. Once there is an object the guard says nothing.
 */
export interface Guard {
  readonly stmt: Stmt;
  /** The places whose writes the guard repeats. */
  readonly places: readonly Place[];
}

/** The guard before places of one block that does nothing but repeat their writes; null if there is none. */
export function guardBefore(file: RecipeFile, places: readonly Place[]): Guard | null {
  const [first] = places;
  if (!first?.mayBeName) return null;
  const { func, stmt } = first.site.site;
  const body = blocks.bodyOf(file.source.parsed().module, func?.kind === "FunctionDef" ? func : null);
  const block = blocks.commonBlock(body, [stmt]);
  for (const one of block) {
    const inside = one.end <= stmt.start ? guardedWrites(file, one, first.container ?? "") : null;
    const repeated = inside?.map((write) => places.find((place) => writeOf(file, place) === write));
    if (repeated?.every((place) => place !== undefined)) return { stmt: one, places: repeated };
  }
  return null;
}

/** The writes inside such a guard, as source; null for any other statement. */
function guardedWrites(file: RecipeFile, stmt: Stmt, container: string): readonly string[] | null {
  if (stmt.kind !== "If" || stmt.orelse.length > 0) return null;
  const text = file.text.slice(stmt.start, stmt.end);
  const test = file.text.slice(stmt.test.start, stmt.test.end);
  if (test !== `not isinstance(${container}.mixed_precision, str)` || text.includes("#")) return null;
  return stmt.body.map((one) => file.text.slice(one.start, one.end));
}

function writeOf(file: RecipeFile, { site, container }: Place): string {
  const value = site.site.value ? file.text.slice(site.site.value.start, site.site.value.end) : "";
  return `${container ?? ""}.mixed_precision.${site.field} = ${value}`;
}
