import type { RecipeFile } from "../codemod.ts";
import type { Edit } from "../edit.ts";
import * as blocks from "../python/blocks.ts";
import * as edit from "../python/edits/index.ts";
import type { Stmt } from "../python/syntax.ts";
import type { KnobSite } from "../sites.ts";
import type { Destination } from "./destination.ts";
import { guardBefore, type Guard } from "./guard.ts";
import { namesFor, type Names } from "./names.ts";
import { isInPlace, valueText, writeLine, type Place } from "./place.ts";
import { removable, removeSites } from "./remove.ts";

/** Writes that go to the object of another section: all of one function, for they share what makes the object. */
export interface Move {
  readonly to: Destination;
  readonly places: readonly Place[];
  /** Writes that the moved ones replaced: they go, since they would come back to life. */
  readonly earlier: readonly KnobSite[];
  /** More fields that go with a place's own, as `field = value`. */
  readonly beside?: (place: Place, moved: readonly Place[]) => readonly string[];
}

/** What is at hand while the edits of a move are made. */
interface Work extends Move {
  readonly file: RecipeFile;
  readonly names: Names;
}

/**
 * Moves writes to the section's object, which is made where the recipe has only a constant: in front of the writes
 * that stay where they are, behind the last whole assignment for those that would be lost. A text says why they cannot
 * be moved together.
 */
export function moveWrites(file: RecipeFile, move: Move): { edits: Edit[]; kept: readonly Place[] } | string {
  const chosen = lastOfEach(move.places);
  if (typeof chosen === "string") return chosen;
  const { kept, dropped } = chosen;
  const work: Work = { ...move, places: kept, file, names: namesFor(file) };
  const guard = guardBefore(file, kept.filter(isInPlace), move.to);
  const inPlace = kept.filter((place) => isInPlace(place) && !guard?.places.includes(place));
  const inserted = kept.filter((place) => !isInPlace(place));
  const gone = [...dropped, ...inserted, ...(guard?.places ?? [])].map((place) => place.site);
  const stuck = gone.map(removable).find((why) => why !== null);
  if (stuck !== undefined) return stuck;
  const all: Edit[] = [
    ...literalEdits(work),
    ...(guard ? guardEdits(work, guard) : objectEdits(work, inPlace)),
    ...inPlace.flatMap((place) => replaceTarget(work, place)),
    ...insertionEdits(work, inserted),
    ...removeSites(file, gone, { comment: "drop", also: guard ? [guard.stmt] : [] }),
    ...removeSites(file, move.earlier, { comment: "keep" }),
  ];
  return { edits: [...all, ...work.names.edits()], kept };
}

/** Places that stay where they are stay all; of those that move, several that say the same become one. */
function lastOfEach(places: readonly Place[]): { kept: Place[]; dropped: Place[] } | string {
  const kept = places.filter(isInPlace);
  const dropped: Place[] = [];
  for (const place of places.filter((one) => !isInPlace(one))) {
    const { field } = place.site;
    const same = places.filter((one) => one.site.field === field);
    const texts = new Set(same.map((one) => valueText(one.site)));
    if (texts.size > 1) return `${field} is written with different values (${[...texts].join(", ")})`;
    (same.at(-1) === place ? kept : dropped).push(place);
  }
  return { kept: kept.sort((a, b) => a.site.site.start - b.site.site.start), dropped };
}

function literalEdits({ file, places, to, names }: Work): Edit[] {
  const literals = new Map(
    places
      .filter((place) => place.returned === null)
      .flatMap((place) => place.literals.map((one) => [one.start, one] as const)),
  );
  return [...literals.values()].flatMap(({ value }) =>
    value?.kind === "Constant"
      ? edit.replaceExpression(file.text, value, to.ofLiteral(value.value, names))
      : [],
  );
}

/** Makes sure in front of the first of the writes that stay where they are that there is an object to write to. */
function objectEdits(work: Work, places: readonly Place[]): Edit[] {
  const { file } = work;
  const needing = places.filter((place) => place.mayBeConstant || place.parameter !== null);
  const [first] = needing;
  if (!first) return [];
  const { func } = first.site.site;
  const body = blocks.bodyOf(file.source.parsed().module, func?.kind === "FunctionDef" ? func : null);
  const stmts = needing.map((place) => place.site.site.stmt);
  const anchor = blocks.holderIn(blocks.commonBlock(body, stmts), first.site.site.stmt);
  return edit.insertBefore(file.text, anchor, objectLines(work, needing));
}

/** Puts the object and the writes where the guard stood. */
function guardEdits(work: Work, guard: Guard): Edit[] {
  const lines = [...objectLines(work, guard.places), ...writeLines(work, guard.places)];
  return edit.insertBefore(work.file.text, guard.stmt, lines);
}

function replaceTarget(work: Work, place: Place): Edit[] {
  const { file } = work;
  const { site } = place;
  const knob = `${place.holder}.${site.field}`;
  const { target, form, stmt } = site.site;
  if (form === "setattr") return edit.replaceSpan(file.text, stmt, `${knob} = ${valueText(site)}`);
  const written = target ? edit.replaceExpression(file.text, target, knob) : [];
  const more = besideLines(work, place);
  return more.length === 0 ? written : [...written, ...edit.insertAfter(file.text, stmt, more)];
}

/** Inserts the writes behind the statement that decides the section, or in front of a `return`. */
function insertionEdits(work: Work, places: readonly Place[]): Edit[] {
  const byAnchor = new Map<Stmt, Place[]>();
  for (const place of places) {
    const anchor = place.after ?? place.returned?.stmt;
    if (anchor) byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), place]);
  }
  return [...byAnchor].flatMap(([anchor, group]) => {
    if (group[0]?.returned) return returnedEdits(work, group);
    const lines = [...objectLines(work, group), ...writeLines(work, group)];
    return edit.insertAfter(work.file.text, anchor, lines);
  });
}

function writeLines(work: Work, places: readonly Place[]): string[] {
  return places.flatMap((place) => [writeLine(work.file, place), ...besideLines(work, place)]);
}

function besideLines({ beside, places }: Work, place: Place): string[] {
  return (beside?.(place, places) ?? []).map((assignment) => `${place.holder}.${assignment}`);
}

/** Makes an object of what the section holds; the caller's own object is copied first. */
function objectLines({ to, names }: Work, places: readonly Place[]): string[] {
  const lines = places.flatMap(({ holder, mayBeConstant, parameter }) => {
    if (parameter !== null) return [`${holder} = ${to.copyOf(holder, [], names)}`];
    return mayBeConstant ? [`${holder} = ${to.ofHolder(holder, names)}`] : [];
  });
  return [...new Set(lines)];
}

/** `return ConfigContainer(mixed_precision=…)`: the object gets a name of its own before the call. */
function returnedEdits({ file, to, names }: Work, group: readonly Place[]): Edit[] {
  const [first] = group;
  const value = first?.returned?.value;
  if (!first?.returned || !value) return [];
  const { stmt } = first.returned;
  if (first.parameter !== null) {
    const changes = group.map(({ site }) => `${site.field}=${valueText(site)}`);
    const line = `${first.parameter} = ${to.copyOf(first.parameter, changes, names)}`;
    return edit.insertBefore(file.text, stmt, [line]);
  }
  const made =
    value.kind === "Constant" ? to.ofLiteral(value.value, names) : file.text.slice(value.start, value.end);
  const lines = group.map(({ site, holder }) => `${holder}.${site.field} = ${valueText(site)}`);
  return [
    ...edit.insertBefore(file.text, stmt, [`${first.holder} = ${made}`, ...lines]),
    ...edit.replaceExpression(file.text, value, first.holder),
  ];
}
