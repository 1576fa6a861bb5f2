import { writes, type Fix, type KnobSite, type RecipeFile } from "../../src/index.ts";
import { claimsOf } from "./claims.ts";
import { MIXED_PRECISION } from "./destination.ts";
import { pairedFields, pairedWrites } from "./pairs.ts";

/** The fix that moves writes to `mixed_precision`, all of one function; a text where they cannot be moved together. */
export function moveFix(
  file: RecipeFile,
  places: readonly writes.Place[],
  earlier: readonly KnobSite[],
): Fix | string {
  const moved = writes.moveWrites(file, { to: MIXED_PRECISION, places, earlier, beside: pairedWrites });
  if (typeof moved === "string") return moved;
  const sites = moved.kept.map((place) => place.site);
  return {
    edits: moved.edits,
    claims: claimsOf(sites, pairedFields(sites)),
    ...writes.reachOf([...places.map((place) => place.site), ...earlier]),
  };
}
