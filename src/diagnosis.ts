import type { Json } from "./json.ts";
import type { BridgeReport } from "./outcome.ts";

/** Something in Bridge's source that we rely on, and whether it is still so. */
export interface AnchorReport {
  readonly id: string;
  /** What we rely on, as a sentence. */
  readonly what: string;
  readonly status: "holds" | "differs" | "not found";
  /** The file of the definition in question, and its line if it is there. */
  readonly file: string;
  readonly line: number | null;
  /** What the source does otherwise; empty unless it differs. */
  readonly differences: readonly AnchorDifference[];
}

export interface AnchorDifference {
  readonly case: string;
  readonly expected: Json;
  readonly found: Json;
}

/** A program on this machine; `version` null where it was not found. */
export interface ToolReport {
  readonly name: string;
  readonly version: string | null;
  /** What it is for, and what it takes. */
  readonly need: string;
}

/** What only the engine can tell. */
export interface Examination {
  /** The catalog that recipes are judged by, the Megatron-Core it goes with, and where it was extracted from. */
  readonly catalog: { readonly version: string; readonly core: string; readonly source: string };
  /** Empty where no source of Bridge is at hand. */
  readonly anchors: readonly AnchorReport[];
}

/** The result of `doctor`. */
export interface DoctorReport extends Examination {
  readonly tools: readonly ToolReport[];
  readonly bridge: BridgeReport;
  /** Bridge's source at hand and the version that its features tell; null where there is none. */
  readonly source: { readonly path: string; readonly version: string | null } | null;
}
