import type { KnobSite } from "../sites.ts";
import type { Judged, OverwrittenSite } from "./judge.ts";
import { isSameKnob } from "./reach.ts";
import { removable } from "./remove.ts";

/** Writes that a later one of the same function replaces: they would come back to life when that one goes. */
export function earlierWrites(group: readonly Judged[], overwritten: readonly OverwrittenSite[]): KnobSite[] {
  return group.flatMap(({ site, judgement }) =>
    judgement.kind === "superseded" &&
    removable(site) === null &&
    overwritten.some((one) => isSameKnob(one.site, site) && one.site.site.start > site.site.start)
      ? [site]
      : [],
  );
}
