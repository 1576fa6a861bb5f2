import {
  isConstant,
  writes,
  type Finding,
  type Fix,
  type KnobSite,
  type RecipeFile,
} from "../../src/index.ts";
import { COMM_OVERLAP } from "./destination.ts";
import { decidedBy, isOverlapKnob } from "./fields.ts";
import { besideMoved, fieldsBeside } from "./companions.ts";
import {
  blockedMessage,
  finding,
  idleMessage,
  liveMessage,
  moveMessage,
  removalMessage,
  reportMessage,
} from "./messages.ts";
import { obstacleTo } from "./obstacles.ts";
import { sizeOf } from "./reading.ts";

/** Flags on the model, the optimizer and DDP that `comm_overlap.setup` overwrites with another value. */
export function* overwrittenFlags(file: RecipeFile): Generator<Finding> {
  const judged = file.sites
    .filter((site) => isOverlapKnob(site.section, site.field))
    .map((site) => ({ site, judgement: writes.judge(site, "comm_overlap") }));
  for (const group of writes.byFunction(judged)) yield* findInFunction(file, group);
}

function* findInFunction(file: RecipeFile, group: readonly writes.Judged[]): Generator<Finding> {
  const preserves = file.intent === "preserve";
  for (const { site, judgement } of group) {
    if (judgement.kind === "live" && judgement.why.includes("MegatronMIMO"))
      yield { ...finding("left-alone", site, liveMessage(site, judgement.why)), severity: "info" };
    if (judgement.kind === "blocked" && !(preserves && judgement.rival))
      yield finding("hand-over", site, blockedMessage(site, judgement.why));
  }
  const dead = group.filter(writes.isOverwritten).filter(({ judgement }) => judgement.kind === "dead");
  if (file.intent === "report") {
    for (const one of dead) yield finding("dead-overlap-flag", one.site, reportMessage(one));
    return;
  }
  if (preserves) {
    const rivals = group.flatMap(({ site, judgement }) =>
      judgement.kind === "blocked" && judgement.rival ? [{ site, judgement: judgement.rival }] : [],
    );
    yield* removals(file, group, [...dead, ...rivals]);
  } else yield* moves(file, group, dead);
}

function* removals(
  file: RecipeFile,
  group: readonly writes.Judged[],
  dead: readonly writes.OverwrittenSite[],
): Generator<Finding> {
  for (const { site } of dead) {
    const stuck = writes.removable(site);
    if (stuck !== null) yield finding("hand-over", site, blockedMessage(site, stuck));
  }
  const able = dead.filter(({ site }) => writes.removable(site) === null);
  const [first] = able;
  if (!first) return;
  const earlier = writes.earlierWrites(group, able);
  const sites = [...able.map(({ site }) => site), ...earlier];
  yield {
    ...finding("dead-overlap-flag", first.site, removalMessage(able)),
    fix: { edits: writes.removeOverwritten(file, able, earlier), claims: [], ...writes.reachOf(sites) },
  };
}

function* moves(
  file: RecipeFile,
  group: readonly writes.Judged[],
  dead: readonly writes.OverwrittenSite[],
): Generator<Finding> {
  const fields = movable(dead);
  const able: writes.OverwrittenSite[] = [];
  const places: writes.Place[] = [];
  for (const one of dead) {
    const { site } = one;
    if (isIdle(site)) {
      yield { ...finding("left-alone", site, idleMessage(site)), severity: "info" };
      continue;
    }
    const place = obstacleTo(site, fields) ?? contradiction(site, dead) ?? writes.placeOf(site, COMM_OVERLAP);
    if (typeof place === "string") yield finding("hand-over", site, blockedMessage(site, place));
    else {
      able.push(one);
      places.push(place);
    }
  }
  const [first] = able;
  if (!first) return;
  const fix = moveFix(file, { places, earlier: writes.earlierWrites(group, able) });
  if (typeof fix === "string") {
    for (const { site } of able) yield finding("hand-over", site, blockedMessage(site, fix));
  } else yield { ...finding("dead-overlap-flag", first.site, moveMessage(able, fieldsBeside(places))), fix };
}

/** The fields that move if those do that they depend on. */
function movable(dead: readonly writes.OverwrittenSite[]): ReadonlySet<string> {
  const all = new Set(dead.map(({ site }) => site.field));
  const able = dead.filter(({ site }) => obstacleTo(site, all) === null);
  return new Set(able.map(({ site }) => site.field));
}

function moveFix(
  file: RecipeFile,
  { places, earlier }: { places: readonly writes.Place[]; earlier: readonly KnobSite[] },
): Fix | string {
  const { kept, repeats } = lastOfEach(places);
  const gone = [...earlier, ...repeats];
  const move = { to: COMM_OVERLAP, places: kept, earlier: gone, beside: besideMoved };
  const moved = writes.moveWrites(file, move);
  if (typeof moved === "string") return moved;
  const sites = places.map(({ site }) => site);
  const more = fieldsBeside(kept).map(({ field }) => field);
  const claims = sites.flatMap((site) => writes.claimsFor(site, [site.field, ...more].flatMap(decidedBy)));
  return { edits: moved.edits, claims, ...writes.reachOf([...sites, ...gone]) };
}

/** DDP's copy and the optimizer's say the same: comm_overlap needs it once. */
function lastOfEach(places: readonly writes.Place[]): { kept: writes.Place[]; repeats: KnobSite[] } {
  const isRepeat = (place: writes.Place) =>
    writes.removable(place.site) === null &&
    places.some(
      (other) => other.site.field === place.site.field && other.site.site.start > place.site.site.start,
    );
  return {
    kept: places.filter((place) => !isRepeat(place)),
    repeats: places.filter(isRepeat).map(({ site }) => site),
  };
}

/** Two values for one field of comm_overlap. */
function contradiction(site: KnobSite, dead: readonly writes.OverwrittenSite[]): string | null {
  const other = dead.find(
    (one) => one.site.field === site.field && writes.valueText(one.site) !== writes.valueText(site),
  );
  return other
    ? `${writes.where(other.site.site, site.site)} asks for ${writes.shown(other.site)}, and comm_overlap has one field for both`
    : null;
}

/** On where Bridge turns it off because nothing is data-parallel: with CP the collectives still run. */
function isIdle({ section, uses }: KnobSite): boolean {
  if (section === "model") return false;
  return uses.every(({ effective, write }) => {
    const off = effective.resolved(`${section}.${write.field}`);
    const isDefault = off?.why === "the default where DP = 1";
    return isDefault && !isConstant(write.value, false) && sizeOf(effective, "context_parallel_size") === 1;
  });
}
