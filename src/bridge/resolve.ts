import type { Json } from "../json.ts";
import type { Section } from "./names.ts";
import { isAtLeast } from "./versions.ts";

/** A container as a recipe returned it, over any kind of value `V`. */
export interface Declared<V> {
  /** What `mixed_precision` holds, a name already resolved to its object. */
  readonly precision: PrecisionState<V>;
  /** A MegatronMIMO model: Bridge runs neither `mixed_precision.setup` nor `comm_overlap.setup`. */
  readonly isMimo: boolean;
  /** A declared field; null where the object has no such field. */
  get(section: Section, field: string): V | null;
  /** An unknown that stands for a field of which it cannot be told whether the object has it; else null. */
  uncertain(section: Section, field: string): V | null;
}

export type PrecisionState<V> =
  | { readonly kind: "none" }
  | { readonly kind: "fields"; readonly names: ReadonlySet<string>; get(field: string): V }
  /** It may be None, so that the declared value may survive: the unknown must depend on it. */
  | { readonly kind: "unknown"; unknown(field: string, declared: V): V };

/** An effective value and the step of Bridge that set it; `decidedBy` null where the declared value stays. */
export interface Resolved<V> {
  readonly value: V;
  readonly decidedBy: string | null;
}

/** The objects that `mixed_precision.setup` copies to. */
const COPIED_TO: ReadonlySet<Section> = new Set(["model", "optimizer", "ddp"]);

/**
 * The effective value of a field after `runtime_config_update`; null where the object has no such field.
 * Source: `MixedPrecisionConfig.setup`, `update_config_with_precision_overrides` (v0.1.0rc4 to main): every field of
 * the same name is copied, defaults and None included.
 */
export function resolveField<V>(declared: Declared<V>, section: Section, field: string): Resolved<V> | null {
  const value = declared.get(section, field);
  if (value === null) return null;
  const { precision } = declared;
  const kept = { value, decidedBy: null };
  if (declared.isMimo || !COPIED_TO.has(section) || precision.kind === "none") return kept;
  if (precision.kind === "unknown")
    return { value: precision.unknown(field, value), decidedBy: "mixed_precision.setup" };
  if (!precision.names.has(field)) return kept;
  const uncertain = declared.uncertain(section, field);
  if (uncertain !== null) return { value: uncertain, decidedBy: "mixed_precision.setup" };
  return { value: precision.get(field), decidedBy: "mixed_precision.setup" };
}

/** What `MixedPrecisionConfig.finalize` raises for known field values; null if nothing. */
export function finalizeProblem(get: (field: string) => Json | undefined, version: string): string | null {
  if (isOn(get("fp4")) && isOn(get("fp8"))) {
    return "ValueError: fp4 and fp8 cannot be used simultaneously. Please choose one.";
  }
  // v0.5.0 moved this check to ConfigContainer.validate().
  const checksReuse = !isAtLeast(version, "0.5.0");
  const gathersMxfp8 = get("fp8_param_gather") === true && get("fp8_recipe") === "mxfp8";
  if (checksReuse && gathersMxfp8 && get("reuse_grad_buf_for_mxfp8_param_ag") === false) {
    return "AssertionError: When fp8_param_gather=True and mxfp8 recipe is used, reuse_grad_buf_for_mxfp8_param_ag must be set to True";
  }
  return null;
}

function isOn(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}
