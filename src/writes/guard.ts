import type { RecipeFile } from "../codemod.ts";
import * as blocks from "../python/blocks.ts";
import type { Stmt } from "../python/syntax.ts";
import type { Destination } from "./destination.ts";
import { writeLine, type Place } from "./place.ts";

/**
 * `if not isinstance(cfg.mixed_precision, str):` around the same write on mixed_precision: what people wrote to get by
 * with a constant there. Once there is an object the guard says nothing.
 */
export interface Guard {
  readonly stmt: Stmt;
  /** The places whose writes the guard repeats. */
  readonly places: readonly Place[];
}

/** The guard before places of one block that does nothing but repeat their writes; null if there is none. */
export function guardBefore(file: RecipeFile, places: readonly Place[], to: Destination): Guard | null {
  const [first] = places;
  if (!first?.mayBeConstant) return null;
  const { func, stmt } = first.site.site;
  const body = blocks.bodyOf(file.source.parsed().module, func?.kind === "FunctionDef" ? func : null);
  const test = to.guardOf(first.holder);
  for (const one of blocks.commonBlock(body, [stmt])) {
    const inside = one.end <= stmt.start ? guardedWrites(file, one, test) : null;
    const repeated = inside?.map((write) => places.find((place) => writeLine(file, place) === write));
    if (repeated?.every((place) => place !== undefined)) return { stmt: one, places: repeated };
  }
  return null;
}

/** The writes inside such a guard, as source; null for any other statement. */
function guardedWrites(file: RecipeFile, stmt: Stmt, guard: string): readonly string[] | null {
  if (stmt.kind !== "If" || stmt.orelse.length > 0) return null;
  const text = file.text.slice(stmt.start, stmt.end);
  const test = file.text.slice(stmt.test.start, stmt.test.end);
  if (test !== guard || text.includes("#")) return null;
  return stmt.body.map((one) => file.text.slice(one.start, one.end));
}
