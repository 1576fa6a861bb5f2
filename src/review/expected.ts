import { changedSpans, meets, type ChangedSpans } from "../changed-spans.ts";
import type { Span } from "../edit.ts";
import type { Effective } from "../effects.ts";
import { inputsOf, writesTo } from "../writes-to.ts";
import type { Json } from "../json.ts";
import type { Effect } from "../outcome.ts";
import type { Evaluation } from "../recipe/evaluate.ts";
import { toJson } from "../recipe/json-value.ts";
import type { Site } from "../recipe/value.ts";
import type { SourceModule } from "../recipe/source-module.ts";

/** A recipe before and after a change, in all its ways. */
export interface Ways {
  readonly before: { readonly recipe: Evaluation; readonly ways: readonly Effective[] };
  readonly after: { readonly recipe: Evaluation; readonly ways: readonly Effective[] };
}

/**
 * Whether a reader of the diff knows of an effect: a changed line of the recipe's own file writes the knob with the
 * value that runs afterwards, or a line that is gone wrote the value that ran before.
 */
export function isExpected({ before, after }: Ways, { knob, ...effect }: Effect): boolean {
  const spans = spansBetween(before.recipe.candidate.module, after.recipe.candidate.module);
  return (
    isWritten(after, { knob, value: effect.after, lines: spans.after }) ||
    isWritten(before, { knob, value: effect.before, lines: spans.before })
  );
}

/** Whether a changed line of the recipe's own file writes the knob, whatever the value. */
export function isWrittenByChange({ before, after }: Ways, knob: string): boolean {
  const spans = spansBetween(before.recipe.candidate.module, after.recipe.candidate.module);
  return isWritten(after, { knob, lines: spans.after }) || isWritten(before, { knob, lines: spans.before });
}

interface Wanted {
  readonly knob: string;
  /** Any value if absent. */
  readonly value?: Json;
  readonly lines: readonly Span[];
}

function isWritten({ recipe, ways }: Ways["after"], { knob, value, lines }: Wanted): boolean {
  const shown = value === undefined ? null : JSON.stringify(value);
  return inputsOf(knob).some((input) =>
    writtenAt(ways, input).some(
      (write) =>
        write.site.module === recipe.candidate.module &&
        meets(lines, write.site) &&
        (shown === null || JSON.stringify(write.value) === shown),
    ),
  );
}

/** A place that wrote a knob, and the value. */
export interface Written {
  readonly site: Site;
  readonly value: Json;
}

/** The places that wrote a knob, a whole section or an entry of a dictionary, in any of a recipe's ways. */
export function writtenAt(ways: readonly Effective[], knob: string): Written[] {
  return ways.flatMap((way) => {
    const dot = knob.indexOf(".");
    const slot = way.container?.fields.get(dot < 0 ? knob : knob.slice(0, dot));
    if (dot < 0) return slot?.write ? [{ site: slot.write.site, value: toJson(slot.value) }] : [];
    if (slot?.value.kind !== "dict")
      return writesTo(way, knob).map(({ site, value }) => ({ site, value: toJson(value) }));
    return [...slot.value.entries.values()].flatMap(({ key, value, site }) =>
      site && key.kind === "const" && key.value === knob.slice(dot + 1)
        ? [{ site, value: toJson(value) }]
        : [],
    );
  });
}

const known = new WeakMap<SourceModule, WeakMap<SourceModule, ChangedSpans>>();

/** The lines in which two states of a file differ. */
export function spansBetween(before: SourceModule, after: SourceModule): ChangedSpans {
  if (before === after) return { before: [], after: [] };
  let byAfter = known.get(before);
  if (!byAfter) known.set(before, (byAfter = new WeakMap()));
  let spans = byAfter.get(after);
  if (!spans) byAfter.set(after, (spans = changedSpans(before.text, after.text)));
  return spans;
}
