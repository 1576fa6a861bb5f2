import { overridesOf, type Finding, type LaunchFile } from "../../src/index.ts";
import { isPrecisionKnob } from "./fields.ts";

/** Precision knobs that a launch overrides on the model, the optimizer or DDP, where `mixed_precision` decides. */
export function* overriddenPrecision(file: LaunchFile): Generator<Finding> {
  for (const { name, value, start, end } of overridesOf(file)) {
    const [section = "", field = ""] = name.split(".");
    if (!isPrecisionKnob(section, field)) continue;
    const instead = `mixed_precision.${field}${value === null ? "" : `=${value}`}`;
    const message = `${name} reaches nothing where the recipe has mixed_precision: its setup() overwrites it. Override ${instead} instead; a recipe that has a name there, such as "bf16_mixed", takes an object first, such as bf16_mixed(), for a text has no fields to override.`;
    yield { rule: "overridden-precision", severity: "info", span: { start, end }, message, fix: null };
  }
}
