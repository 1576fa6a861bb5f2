import {
  defineCodemod,
  writes,
  type Finding,
  type Fix,
  type KnobSite,
  type RecipeFile,
} from "../../src/index.ts";
import type { DeadKnob } from "./dead-knob.ts";
import { limitWithoutDeferral, overlapAtOneRank, unusedPreset } from "./requests.ts";
import { unreadFields } from "./unread-fields.ts";
import { repeatedWrite } from "./repeated-write.ts";
import { repeatedOverlapKnob, unsetKnob } from "./repeats.ts";

/** In the order in which they are asked; the first that has an answer counts. */
const RULES: readonly ((site: KnobSite) => DeadKnob | null)[] = [
  repeatedWrite,
  unsetKnob,
  repeatedOverlapKnob,
  overlapAtOneRank,
  unusedPreset,
  limitWithoutDeferral,
];

export default defineCodemod({
  set: "cleanup",
  // Nothing that runs changes, so there is nothing to claim.
  remit: [],
  find: (file) => writes.withoutUnusedImports(file, [...findDead(file)]),
});

function* findDead(file: RecipeFile): Generator<Finding> {
  // What cannot be followed in all its ways may count in one that was not seen.
  const followed = file.sites.filter(({ uses }) => uses.every(({ recipe }) => recipe.incomplete === null));
  const dead = followed.flatMap((site) => RULES.map((rule) => rule(site)).find((one) => one !== null) ?? []);
  for (const one of dead) {
    const stuck = one.becomes === null ? writes.removable(one.site) : null;
    if (stuck !== null) yield finding([one], "info", `${one.what} It stays: ${stuck}.`);
  }
  const able = dead.filter((one) => one.becomes !== null || writes.removable(one.site) === null);
  for (const group of grouped(able)) yield { ...asked(file, group), fix: fixFor(file, group) };
  yield* unreadFields(file);
}

/** Those of one function and rule go together: they often stand side by side, and edits must not touch. */
function grouped(dead: readonly DeadKnob[]): readonly (readonly DeadKnob[])[] {
  const groups = new Map<unknown, Map<string, DeadKnob[]>>();
  for (const one of dead) {
    const { func } = one.site.site;
    const byRule = groups.get(func) ?? new Map<string, DeadKnob[]>();
    groups.set(func, byRule);
    byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one]);
  }
  return [...groups.values()].flatMap((byRule) => [...byRule.values()]);
}

function asked({ intent }: RecipeFile, group: readonly DeadKnob[]): Finding {
  const message = [...group.map(({ what }) => what), "Nothing that runs changes."].join(" ");
  // Both other intents agree here: what is written and what runs are the same.
  return intent === "report"
    ? finding(group, "info", group.map(({ what }) => what).join(" "))
    : finding(group, "warning", message);
}

function finding(group: readonly DeadKnob[], severity: Finding["severity"], message: string): Finding {
  const [first] = group;
  const { start, end } = first?.site.site ?? { start: 0, end: 0 };
  return { rule: first?.rule ?? "", severity, span: { start, end }, message, fix: null };
}

function fixFor(file: RecipeFile, group: readonly DeadKnob[]): Fix | null {
  if (file.intent === "report") return null;
  const gone = group.filter(({ becomes }) => becomes === null);
  const edits = [
    ...writes.removeOverwritten(file, gone.map(asOverwritten), []),
    ...group.flatMap(({ becomes }) => becomes?.(file) ?? []),
  ];
  return { edits, claims: [], ...writes.reachOf(group.map(({ site }) => site)) };
}

function asOverwritten({ site, effective, decider }: DeadKnob): writes.OverwrittenSite {
  return { site, judgement: { kind: "redundant", effective, decider } };
}
