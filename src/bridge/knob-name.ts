import { SECTIONS, type Section } from "./names.ts";

/** `model.sequence_parallel`, taken apart. */
export interface KnobParts {
  /** What stands before the dot. */
  readonly owner: string;
  /** The same, where it is a section that holds knobs. */
  readonly section: Section | null;
  readonly field: string;
}

// Every recipe has the same few hundred knobs: one string for each name is compared and looked up at a glance.

const partsByKnob = new Map<string, KnobParts>();

/** Takes the name of a knob apart. */
export function knobParts(knob: string): KnobParts {
  let parts = partsByKnob.get(knob);
  if (!parts) partsByKnob.set(knob, (parts = splitKnob(knob)));
  return parts;
}

function splitKnob(knob: string): KnobParts {
  const dot = knob.indexOf(".");
  const owner = knob.slice(0, Math.max(dot, 0));
  return { owner, section: SECTIONS.find((one) => one === owner) ?? null, field: knob.slice(dot + 1) };
}

const namesByField = new Map<Section, Map<string, string>>();

/** The name of a section's field. */
export function knobName(section: Section, field: string): string {
  let names = namesByField.get(section);
  if (!names) namesByField.set(section, (names = new Map<string, string>()));
  let name = names.get(field);
  if (name === undefined) names.set(field, (name = `${section}.${field}`));
  return name;
}

let sorted: readonly string[] = [];

/** Sorts names of knobs: those that are known already stand in order. */
export function sortKnobs(knobs: ReadonlySet<string>): readonly string[] {
  const found = sorted.filter((knob) => knobs.has(knob));
  if (found.length === knobs.size) return found;
  sorted = [...new Set([...sorted, ...knobs])].sort();
  return sorted.filter((knob) => knobs.has(knob));
}
