import type { Analysis } from "../analysis.ts";
import { effectiveOf } from "../effects.ts";
import { knobReport } from "../knob-report.ts";
import type { Effect, ReviewEffect, ReviewOtherwise } from "../outcome.ts";
import { changeOf } from "../recipe-change.ts";
import { lineAt } from "../python/source.ts";
import type { Evaluation } from "../recipe/evaluate.ts";
import { causeOf, unknownsOf } from "./cause.ts";
import { isExpected, isWrittenByChange, writtenAt, type Ways } from "./expected.ts";
import { scenariosOf, type Scenario } from "../scenarios.ts";
import type { Both } from "./sides.ts";

/** What a change does to a recipe, and why not everything could be followed. */
export interface RecipeChange {
  readonly effects: readonly ReviewEffect[];
  /** What else changes for callers who pass other arguments than the defaults. */
  readonly otherwise: readonly ReviewOtherwise[];
  /** Fields that only one side's Bridge has, at their defaults. */
  readonly bareFields: readonly string[];
  readonly doubt: string | null;
}

const NOTHING: RecipeChange = { effects: [], otherwise: [], bareFields: [], doubt: null };

/** Compares what a recipe runs before a change with what it runs after it. */
export function changeTo(both: Both, old: Evaluation, now: Evaluation): RecipeChange {
  if (old === now) return NOTHING;
  const { otherwise, bare, doubt, ...change } = changeOf(both, old, now);
  const cause = causeOf(both, old);
  const effects = [...change.effects, ...unknownsOf(both, old, now)];
  const isRenamed = old.name !== now.name;
  // An unknown of a renamed recipe has another identity, though it reads the same.
  const shown = isRenamed ? effects.filter(isVisible) : effects;
  const pair = { old, now };
  const knobs = new Set(isRenamed ? [] : otherwise);
  for (const { knob } of effects) knobs.delete(knob);
  return {
    effects: shown
      .flatMap((effect) => reviewEffect(both, pair, effect))
      .map((one) => ({ ...one, ...cause.of(one) }))
      .sort(byKnob),
    otherwise: otherwiseOf(both, pair, [...knobs].sort()).map((one) => ({
      ...one,
      ...cause.ofOtherwise(one),
    })),
    bareFields: bare,
    doubt,
  };
}

interface Compared {
  readonly old: Evaluation;
  readonly now: Evaluation;
}

function otherwiseOf(both: Both, { old, now }: Compared, knobs: readonly string[]): ReviewOtherwise[] {
  const [scenario] = scenariosOf(both.before, old);
  if (!scenario || knobs.length === 0) return [];
  const any = { old: both.before.calledWithAnything(old), now: both.after.calledWithAnything(now) };
  const ways = waysOf(both, any, scenario);
  return knobs.map((knob) => ({ knob, expected: isWrittenByChange(ways, knob) }));
}

function waysOf({ before, after }: Both, { old, now }: Compared, scenario: Scenario): Ways {
  const sideOf = (recipe: Evaluation, { catalog: { version } }: Analysis) => ({
    recipe,
    ways: recipe.worlds.map((world) => effectiveOf(world, { ...scenario, version })),
  });
  return { before: sideOf(old, before), after: sideOf(now, after) };
}

function isVisible({ before, after }: Effect): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

function reviewEffect(both: Both, pair: Compared, effect: Effect): ReviewEffect[] {
  const { knob, before, after } = effect;
  const scenarios = scenariosOf(both.before, pair.old);
  const scenario = scenarios.find(({ report }) => report === effect.scenario) ?? scenarios[0];
  if (!scenario) return [];
  const ways = waysOf(both, pair, scenario);
  const decider = deciderOf(ways.after, effect);
  return [{ knob, before, after, ...decider, expected: isExpected(ways, effect), ...only(effect) }];
}

function only({ scenario }: Effect): Pick<Effect, "scenario"> {
  return scenario === undefined ? {} : { scenario };
}

/** The line of the project that a step of Bridge takes the value from, else what decides by itself. */
function deciderOf(
  { recipe, ways }: Ways["after"],
  { knob, after }: Effect,
): Pick<ReviewEffect, "decidedBy" | "why"> {
  const { decidedBy } = knobReport(recipe, ways, knob);
  const [, section] = /^(mixed_precision|comm_overlap)\./.exec(decidedBy) ?? [];
  const reasons = new Set(ways.flatMap((way) => way.resolved(knob)?.why ?? []));
  const step = reasons.size === 0 ? { decidedBy } : { decidedBy, why: [...reasons].join(", or ") };
  if (section === undefined) return step;
  const field = `${section}.${knob.slice(knob.indexOf(".") + 1)}`;
  const copied = writtenAt(ways, field).filter(
    ({ value }) => JSON.stringify(value) === JSON.stringify(after),
  );
  const whole = reasons.size === 0 ? writtenAt(ways, section) : [];
  const { site } = copied.at(-1) ?? whole.at(-1) ?? {};
  if (!site?.module.own) return step;
  return { decidedBy: `${site.module.path}:${lineAt(site.module.text, site.start)}` };
}

function byKnob(a: ReviewEffect, b: ReviewEffect): number {
  return a.knob < b.knob ? -1 : a.knob > b.knob ? 1 : 0;
}
