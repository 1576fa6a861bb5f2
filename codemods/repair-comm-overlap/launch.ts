import { overridesOf, type Finding, type LaunchFile } from "../../src/index.ts";
import { isOverlapKnob } from "./fields.ts";

/** Overlap flags that a launch overrides on the model, the optimizer or DDP, where `comm_overlap` decides. */
export function* overriddenOverlap(file: LaunchFile): Generator<Finding> {
  for (const { name, value, start, end } of overridesOf(file)) {
    const [section = "", field = ""] = name.split(".");
    if (!isOverlapKnob(section, field)) continue;
    const instead = `comm_overlap.${field}${value === null ? "" : `=${value}`}`;
    const message = `${name} counts only where the recipe has no comm_overlap: with one, setup() overwrites it. Override ${instead} there.`;
    yield { rule: "overridden-overlap", severity: "info", span: { start, end }, message, fix: null };
  }
}
