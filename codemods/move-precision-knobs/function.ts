import { writes, type Finding, type KnobSite, type RecipeFile } from "../../src/index.ts";
import { MIXED_PRECISION } from "./destination.ts";
import { alsoSetsModel } from "./fields.ts";
import { moveFix } from "./fix.ts";
import { blockedMessage, leftAloneMessage, moveMessage, removalMessage, reportMessage } from "./messages.ts";

/** The findings for the precision knobs that one function writes. */
export function* findInFunction(file: RecipeFile, group: readonly writes.Judged[]): Generator<Finding> {
  const blocked = file.intent === "preserve" ? group.filter((one) => !isPreservable(one)) : group;
  for (const { site, judgement } of blocked) {
    if (judgement.kind === "blocked")
      yield finding("hand-over", "warning", site, blockedMessage(site, judgement.why));
  }
  const overwritten = group.filter(writes.isOverwritten);
  if (file.intent === "report") {
    for (const one of overwritten) {
      const isDead = one.judgement.kind === "dead";
      const rule = isDead ? "dead-precision-knob" : "redundant-precision-knob";
      yield finding(rule, isDead ? "warning" : "info", one.site, reportMessage(one));
    }
    yield* leftAlone(group, []);
    return;
  }
  const earlier = writes.earlierWrites(group, overwritten);
  if (file.intent === "honor") yield* moveOrRemove(file, overwritten, earlier);
  else yield* removals(file, [...overwritten, ...group.filter(isPreservable).flatMap(asDead)], earlier);
  yield* leftAlone(group, earlier);
}

function isPreservable({ judgement }: writes.Judged): boolean {
  return judgement.kind === "blocked" && judgement.rival !== null;
}

/** Under `preserve` a write that disagrees with mixed_precision in the same function is simply dead. */
function asDead({ site, judgement }: writes.Judged): writes.OverwrittenSite[] {
  return judgement.kind === "blocked" && judgement.rival ? [{ site, judgement: judgement.rival }] : [];
}

function* leftAlone(group: readonly writes.Judged[], gone: readonly KnobSite[]): Generator<Finding> {
  for (const { site, judgement } of group) {
    const message = gone.includes(site) ? null : leftAloneMessage(site, judgement);
    if (message !== null) yield finding("left-alone", "info", site, message);
  }
}

function* removals(
  file: RecipeFile,
  all: readonly writes.OverwrittenSite[],
  earlier: readonly KnobSite[],
): Generator<Finding> {
  for (const kind of ["redundant", "dead"] as const) {
    const chosen = all.filter(({ judgement }) => judgement.kind === kind);
    for (const { site } of chosen) {
      const stuck = writes.removable(site);
      if (stuck !== null) yield finding("hand-over", "warning", site, blockedMessage(site, stuck));
    }
    const able = chosen.filter(({ site }) => writes.removable(site) === null);
    const [first] = able;
    if (!first) continue;
    const also = earlier.filter((site) => able.some((one) => writes.isSameKnob(one.site, site)));
    const sites = [...able.map(({ site }) => site), ...also];
    const edits = writes.removeOverwritten(file, able, also);
    yield {
      ...finding(`${kind}-precision-knob`, "warning", first.site, removalMessage(able, also)),
      fix: { edits, claims: [], ...writes.reachOf(sites) },
    };
  }
}

function* moveOrRemove(
  file: RecipeFile,
  overwritten: readonly writes.OverwrittenSite[],
  earlier: readonly KnobSite[],
): Generator<Finding> {
  const dead: writes.OverwrittenSite[] = [];
  const places: writes.Place[] = [];
  for (const one of overwritten.filter(({ judgement }) => judgement.kind === "dead")) {
    const place = refusal(one.site, overwritten) ?? writes.placeOf(one.site, MIXED_PRECISION);
    if (typeof place === "string")
      yield finding("hand-over", "warning", one.site, blockedMessage(one.site, place));
    else {
      places.push(place);
      dead.push(one);
    }
  }
  const redundant = overwritten.filter(({ judgement }) => judgement.kind === "redundant");
  const [first] = dead;
  if (!first) {
    yield* removals(file, redundant, earlier);
    return;
  }
  const companions = companionsOf(dead, overwritten);
  const also = earlier.filter((site) =>
    [...dead, ...companions].some((one) => writes.isSameKnob(one.site, site)),
  );
  const fix = moveFix(file, [...places, ...companions.map(({ place }) => place)], also);
  if (typeof fix === "string") {
    for (const { site } of dead) yield finding("hand-over", "warning", site, blockedMessage(site, fix));
  } else {
    const message = moveMessage(dead, { companions, earlier: also });
    yield { ...finding("dead-precision-knob", "warning", first.site, message), fix };
  }
  const moved = typeof fix === "string" ? [] : companions.map(({ site }) => site);
  yield* removals(
    file,
    redundant.filter(({ site }) => !moved.includes(site)),
    earlier,
  );
}

/** Requests that mixed_precision meets by default go along with a knob of their section: they belong together. */
function companionsOf(
  dead: readonly writes.OverwrittenSite[],
  overwritten: readonly writes.OverwrittenSite[],
): (writes.OverwrittenSite & { readonly place: writes.Place })[] {
  const sections = new Set(dead.map(({ site }) => site.section));
  return overwritten.flatMap((one) => {
    const { site, judgement } = one;
    if (judgement.kind !== "redundant" || judgement.decider || !sections.has(site.section)) return [];
    const place = refusal(site, overwritten) ?? writes.placeOf(site, MIXED_PRECISION);
    return typeof place === "string" ? [] : [{ ...one, place }];
  });
}

/** Why an overwritten write cannot be moved, whatever the code around it looks like. */
function refusal(site: KnobSite, group: readonly writes.Judged[]): string | null {
  const stuck = writes.removable(site);
  if (stuck !== null && site.site.form !== "attribute") return stuck;
  if (site.section !== "optimizer" || !alsoSetsModel(site.field)) return null;
  const onModel = group.some(({ site: other }) => other.section === "model" && other.field === site.field);
  return onModel ? null : `mixed_precision.${site.field} would set the model's ${site.field}, too`;
}

function finding(rule: string, severity: Finding["severity"], { site }: KnobSite, message: string): Finding {
  return { rule, severity, span: { start: site.start, end: site.end }, message, fix: null };
}
