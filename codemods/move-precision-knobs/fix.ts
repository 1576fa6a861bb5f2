import {
  blocks,
  edits as edit,
  type Edit,
  type Fix,
  type KnobSite,
  type RecipeFile,
  type Stmt,
} from "../../src/index.ts";
import { claimsOf, reachOf } from "./claims.ts";
import { guardBefore, type Guard } from "./guard.ts";
import { factoryOf, importNames, type Names } from "./names.ts";
import { pairedFields, pairLines } from "./pairs.ts";
import type { Place } from "./place.ts";
import { removable, removeSites } from "./remove.ts";

/** The file, the names that it can use, and all places that one fix moves. */
interface Move {
  readonly file: RecipeFile;
  readonly names: Names;
  readonly places: readonly Place[];
}

/** The fix that moves writes to `mixed_precision`, all of one function; a text where they cannot be moved together. */
export function moveFix(
  file: RecipeFile,
  places: readonly Place[],
  earlier: readonly KnobSite[],
): Fix | string {
  const chosen = lastOfEach(file, places);
  if (typeof chosen === "string") return chosen;
  const { kept, dropped } = chosen;
  const move = { file, names: importNames(file, kept), places: kept };
  const guard = guardBefore(file, kept.filter(isInPlace));
  const inPlace = kept.filter((place) => isInPlace(place) && !guard?.places.includes(place));
  const inserted = kept.filter((place) => !isInPlace(place));
  const gone = [...dropped, ...inserted, ...(guard?.places ?? [])].map((place) => place.site);
  const stuck = gone.map(removable).find((why) => why !== null);
  if (stuck !== undefined) return stuck;
  const all: Edit[] = [
    ...literalEdits(move),
    ...(guard ? guardEdits(move, guard) : objectEdits(move, inPlace)),
    ...inPlace.flatMap((place) => replaceTarget(move, place)),
    ...insertionEdits(move, inserted),
    ...removeSites(file, [...gone, ...earlier], { comment: "drop", also: guard ? [guard.stmt] : [] }),
  ];
  return {
    edits: [...all, ...move.names.edits],
    claims: claimsOf(
      kept.map((place) => place.site),
      pairedFields(kept),
    ),
    ...reachOf([...places.map((place) => place.site), ...earlier]),
  };
}

function isInPlace(place: Place): boolean {
  return place.after === null && place.returned === null;
}

/** Places that stay where they are stay all; of those that move, several that say the same become one. */
function lastOfEach(
  file: RecipeFile,
  places: readonly Place[],
): { kept: Place[]; dropped: Place[] } | string {
  const kept = places.filter(isInPlace);
  const dropped: Place[] = [];
  for (const place of places.filter((one) => !isInPlace(one))) {
    const { field } = place.site;
    const same = places.filter((one) => one.site.field === field);
    const texts = new Set(same.map((one) => valueText(file, one.site)));
    if (texts.size > 1) return `${field} is written with different values (${[...texts].join(", ")})`;
    (same.at(-1) === place ? kept : dropped).push(place);
  }
  return { kept: kept.sort((a, b) => a.site.site.start - b.site.site.start), dropped };
}

function valueText(file: RecipeFile, { site }: KnobSite): string {
  return site.value ? file.text.slice(site.value.start, site.value.end) : "";
}

function literalEdits({ file, names, places }: Move): Edit[] {
  const literals = new Map(
    places
      .filter((place) => place.returned === null)
      .flatMap((place) => place.literals.map((one) => [one.start, one] as const)),
  );
  return [...literals.values()].flatMap(({ value }) =>
    value ? edit.replaceExpression(file.text, value, names.call(factoryOf(value))) : [],
  );
}

/** Makes sure in front of the first of the writes that stay where they are that there is an object to write to. */
function objectEdits({ file, names }: Move, places: readonly Place[]): Edit[] {
  const needing = places.filter((place) => place.mayBeName || place.parameter !== null);
  const [first] = needing;
  if (!first) return [];
  const { func } = first.site.site;
  const body = blocks.bodyOf(file.source.parsed().module, func?.kind === "FunctionDef" ? func : null);
  const stmts = needing.map((place) => place.site.site.stmt);
  const anchor = blocks.holderIn(blocks.commonBlock(body, stmts), first.site.site.stmt);
  const lines = uniqueLines(needing, (place) => objectLines(place, names));
  return edit.insertBefore(file.text, anchor, lines);
}

/** Puts the object and the writes where the guard stood. */
function guardEdits({ file, names, places }: Move, guard: Guard): Edit[] {
  const objects = uniqueLines(guard.places, (place) => objectLines(place, names));
  const writes = guard.places.flatMap((place) => [writeLine(file, place), ...pairLines(place, places)]);
  return edit.insertBefore(file.text, guard.stmt, [...objects, ...writes]);
}

function replaceTarget({ file, places }: Move, place: Place): Edit[] {
  const { site, container } = place;
  const knob = `${container ?? ""}.mixed_precision.${site.field}`;
  const { target, form, stmt } = site.site;
  if (form === "setattr") return edit.replaceSpan(file.text, stmt, `${knob} = ${valueText(file, site)}`);
  const written = target ? edit.replaceExpression(file.text, target, knob) : [];
  const paired = pairLines(place, places);
  return paired.length === 0 ? written : [...written, ...edit.insertAfter(file.text, stmt, paired)];
}

/** Inserts the writes behind the statement that decides `mixed_precision`, or in front of a `return`. */
function insertionEdits(move: Move, places: readonly Place[]): Edit[] {
  const byAnchor = new Map<Stmt, Place[]>();
  for (const place of places) {
    const anchor = place.after ?? place.returned?.stmt;
    if (anchor) byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), place]);
  }
  return [...byAnchor].flatMap(([anchor, group]) => {
    const returned = group[0]?.returned;
    return returned ? returnedEdits(move, group) : afterEdits(move, { anchor, group });
  });
}

function afterEdits({ file, names, places }: Move, at: { anchor: Stmt; group: readonly Place[] }): Edit[] {
  const { anchor, group } = at;
  const objects = uniqueLines(group, (place) => objectLines(place, names));
  const writes = group.flatMap((place) => [writeLine(file, place), ...pairLines(place, places)]);
  return edit.insertAfter(file.text, anchor, [...objects, ...writes]);
}

function writeLine(file: RecipeFile, { site, container }: Place): string {
  const comment = site.site.form === "attribute" ? edit.trailingComment(file.text, site.site.stmt) : "";
  return `${container ?? ""}.mixed_precision.${site.field} = ${valueText(file, site)}${comment}`;
}

/** Makes an object of what `mixed_precision` holds; the caller's own object is copied first. */
function objectLines({ container, mayBeName, parameter }: Place, names: Names): string[] {
  const holder = `${container ?? ""}.mixed_precision`;
  const made = names.call("get_mixed_precision_config", holder);
  if (parameter !== null) return [`${holder} = ${names.call("replace", made)}`];
  return mayBeName ? [`${holder} = ${made}`] : [];
}

/** `return ConfigContainer(mixed_precision=…)`: the object gets a name of its own before the call. */
function returnedEdits({ file, names }: Move, group: readonly Place[]): Edit[] {
  const [first] = group;
  const returned = first?.returned;
  if (!first || !returned?.value) return [];
  const fields = group.map(({ site }) => ({ field: site.field, value: valueText(file, site) }));
  if (first.parameter !== null) {
    const made = names.call("get_mixed_precision_config", first.parameter);
    const changes = fields.map(({ field, value }) => `${field}=${value}`);
    const line = `${first.parameter} = ${names.call("replace", made, ...changes)}`;
    return edit.insertBefore(file.text, returned.stmt, [line]);
  }
  const { start, end } = returned.value;
  const made =
    first.literals.length > 0 ? names.call(factoryOf(returned.value)) : file.text.slice(start, end);
  const name = "mixed_precision";
  const lines = [`${name} = ${made}`, ...fields.map(({ field, value }) => `${name}.${field} = ${value}`)];
  return [
    ...edit.insertBefore(file.text, returned.stmt, lines),
    ...edit.replaceExpression(file.text, returned.value, name),
  ];
}

function uniqueLines(places: readonly Place[], make: (place: Place) => readonly string[]): string[] {
  return [...new Set(places.flatMap(make))];
}
