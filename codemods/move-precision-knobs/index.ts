import { defineCodemod, type Finding, type KnobSite, type RecipeFile } from "../../src/index.ts";
import { alsoSetsModel, isPrecisionKnob, PRECISION_KNOBS } from "./fields.ts";
import { reachOf } from "./claims.ts";
import { moveFix } from "./fix.ts";
import { judge, type Judgement } from "./judge.ts";
import { lostConstructorArguments } from "./lost-arguments.ts";
import { blockedMessage, deadMessage, leftAloneMessage, redundantMessage } from "./messages.ts";
import { placeOf, type Place } from "./place.ts";
import { removable, removeSites } from "./remove.ts";
import { computedNames, unknownFields, unreachedWrites } from "./unreached.ts";

export default defineCodemod({
  set: "recommended",
  remit: PRECISION_KNOBS,
  find: findWrites,
});

interface Judged {
  readonly site: KnobSite;
  readonly judgement: Judgement;
}

function* findWrites(file: RecipeFile): Generator<Finding> {
  const judged = file.sites
    .filter((site) => isPrecisionKnob(site.section, site.field))
    .map((site) => ({ site, judgement: judge(site) }));
  for (const group of byFunction(judged)) yield* findInFunction(file, group);
  yield* lostConstructorArguments(file);
  yield* unknownFields(file);
  yield* computedNames(file);
  yield* unreachedWrites(
    file,
    judged.map(({ site }) => site),
  );
}

function byFunction(judged: readonly Judged[]): readonly (readonly Judged[])[] {
  const groups = new Map<unknown, Judged[]>();
  for (const one of judged) groups.set(one.site.site.func, [...(groups.get(one.site.site.func) ?? []), one]);
  return [...groups.values()];
}

function* findInFunction(file: RecipeFile, group: readonly Judged[]): Generator<Finding> {
  for (const { site, judgement } of group) {
    const message = leftAloneMessage(site, judgement);
    if (message) yield finding("left-alone", "info", site, message);
    if (judgement.kind === "blocked" && (file.intent !== "preserve" || !judgement.preservable)) {
      yield finding("hand-over", "warning", site, blockedMessage(site, judgement.why));
    }
  }
  const duplicates = group.filter(({ judgement }) => judgement.kind === "redundant");
  const dead = group.filter(({ judgement }) => judgement.kind === "dead");
  if (file.intent === "report") {
    for (const one of duplicates)
      yield finding("redundant-precision-knob", "info", one.site, redundantMessage([one.site]));
    for (const one of dead)
      yield finding("dead-precision-knob", "warning", one.site, deadMessage(one, "report"));
    return;
  }
  yield* removals(file, { sites: duplicates.map(({ site }) => site), rule: "redundant-precision-knob" });
  if (file.intent === "honor") yield* moves(file, dead, group);
  else
    yield* removals(file, {
      sites: [...dead, ...preservable(group)].map(({ site }) => site),
      rule: "dead-precision-knob",
    });
}

function preservable(group: readonly Judged[]): Judged[] {
  return group.filter(({ judgement }) => judgement.kind === "blocked" && judgement.preservable);
}

function* removals(
  file: RecipeFile,
  { sites, rule }: { sites: readonly KnobSite[]; rule: string },
): Generator<Finding> {
  const [able, unable] = [
    sites.filter((site) => removable(site) === null),
    sites.filter((site) => removable(site) !== null),
  ];
  for (const site of unable) {
    yield finding("hand-over", "warning", site, blockedMessage(site, removable(site) ?? ""));
  }
  const [first] = able;
  if (!first) return;
  const edits = removeSites(file, able, "keep");
  yield {
    ...finding(rule, "warning", first, redundantMessage(able)),
    fix: { edits, claims: [], ...reachOf(able) },
  };
}

function* moves(file: RecipeFile, dead: readonly Judged[], group: readonly Judged[]): Generator<Finding> {
  const places: Place[] = [];
  for (const { site } of dead) {
    const place = refusal(site, group) ?? placeOf(site);
    if (typeof place === "string") yield finding("hand-over", "warning", site, blockedMessage(site, place));
    else places.push(place);
  }
  const [first] = places;
  if (!first) return;
  const fix = moveFix(file, places);
  const judged = dead.filter(({ site }) => places.some((place) => place.site === site));
  if (typeof fix === "string") {
    for (const { site } of judged) yield finding("hand-over", "warning", site, blockedMessage(site, fix));
    return;
  }
  const message = judged.map((one) => deadMessage(one, "honor")).join(" ");
  yield { ...finding("dead-precision-knob", "warning", first.site, message), fix };
}

/** Why a dead write cannot be moved, whatever the code around it looks like. */
function refusal(site: KnobSite, group: readonly Judged[]): string | null {
  const stuck = removable(site);
  if (stuck !== null && site.site.form !== "attribute") return stuck;
  if (site.section !== "optimizer" || !alsoSetsModel(site.field)) return null;
  const onModel = group.some(({ site: other }) => other.section === "model" && other.field === site.field);
  return onModel ? null : `mixed_precision.${site.field} would set the model's ${site.field}, too`;
}

function finding(rule: string, severity: Finding["severity"], { site }: KnobSite, message: string): Finding {
  return { rule, severity, span: { start: site.start, end: site.end }, message, fix: null };
}
