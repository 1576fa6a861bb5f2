import type { Const } from "../recipe/value.ts";
import type { Names } from "./names.ts";

/** A section whose `setup` overwrites knobs of others at start-up. */
export type Overwriter = "mixed_precision" | "comm_overlap";

/**
 * Where Bridge listens: the section on whose object a knob counts, and how to come by an object where the recipe has
 * only a constant there. The functions return Python.
 */
export interface Destination {
  readonly section: Overwriter;
  /** Whether an object can be made of a constant that the section may hold: a name, or None. */
  accepts(constant: Const["value"]): boolean;
  /** The object of a constant that the recipe writes out: `bf16_mixed()` of `"bf16_mixed"`. */
  ofLiteral(constant: Const["value"], names: Names): string;
  /** The object of what `holder` holds, be it a constant from elsewhere or an object already. */
  ofHolder(holder: string, names: Names): string;
  /** A copy of the object that `holder` holds, with other fields: it belongs to the caller. */
  copyOf(holder: string, changes: readonly string[], names: Names): string;
  /** The condition under which people wrote to the section where it may hold a constant. */
  guardOf(holder: string): string;
}
