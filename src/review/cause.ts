import { changeOf } from "../recipe-change.ts";
import type { Effect, ReviewEffect, ReviewOtherwise } from "../outcome.ts";
import type { Evaluation } from "../recipe/evaluate.ts";
import { isUnknownJson } from "../recipe/json-value.ts";
import type { Both } from "./sides.ts";

/** What only a change of the Bridge is to blame for. */
export interface Cause {
  of(effect: ReviewEffect): Pick<ReviewEffect, "cause">;
  ofOtherwise(one: ReviewOtherwise): Pick<ReviewOtherwise, "cause">;
}

const NONE: Cause = { of: () => ({}), ofOtherwise: () => ({}) };

/** What the Bridge of afterwards makes of a recipe as it was before: that is not the diff's doing. */
export function causeOf({ before, shift }: Both, old: Evaluation): Cause {
  const alone = shift?.alone;
  const now = alone?.byName.get(old.name) ?? alone?.raising.get(old.name);
  if (!shift || !alone || !now) return NONE;
  const { effects, otherwise } = changeOf({ before, after: alone }, old, now);
  const keyOf = ({ knob, before: from, after: to, scenario }: Omit<Effect, "recipe">) =>
    JSON.stringify([knob, from, to, scenario ?? null]);
  const keys = new Set(effects.map(keyOf));
  const cause = { cause: shift.label };
  return {
    of: (effect) => (keys.has(keyOf(effect)) ? cause : {}),
    ofOtherwise: ({ knob }) => (otherwise.includes(knob) ? cause : {}),
  };
}

/**
 * Where a knob is unknown on both sides, other unknowns of another Bridge say nothing. That the diff puts one unknown
 * in another's place does, and shows under one Bridge alone.
 */
export function unknownsOf({ shift, after }: Both, old: Evaluation, now: Evaluation): readonly Effect[] {
  const start = shift?.alone?.byName.get(old.name);
  if (!shift?.alone || !start || start === now) return [];
  const { effects } = changeOf({ before: shift.alone, after }, start, now);
  return effects.filter(({ before: from, after: to }) => isUnknownJson(from) && isUnknownJson(to));
}
