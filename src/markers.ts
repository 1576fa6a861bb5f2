import type { Finding } from "./codemod.ts";
import { directivesOf, type Directive } from "./directives.ts";
import type { Edit } from "./edit.ts";
import { placeAbove, type Above } from "./python/remarks.ts";
import { isSpace, lineStart, newlineOf, nextLine } from "./python/source.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** What a marker is to say, and about which code. */
export interface Leftover {
  /** `codemod/rule` */
  readonly name: string;
  readonly message: string;
  readonly offset: number;
}

/** Whether a finding is one that a person has to deal with. */
export function isLeftover({ severity }: Pick<Finding, "severity">): boolean {
  return severity !== "info";
}

/** Where the marker of a finding stands: above its statement. */
export function placeOfMarker(source: SourceModule, offset: number): Above {
  return placeAbove({ text: source.text, module: source.parsed().module }, offset);
}

/** A change to the markers of a file. */
export interface MarkerChange {
  readonly kind: "added" | "updated" | "removed";
  readonly name: string;
  readonly edit: Edit;
}

/**
 * The changes after which each leftover has its marker, and no other marker of a codemod that ran is left. Markers of
 * other codemods stay as they are.
 */
export function markerChanges(
  source: SourceModule,
  leftovers: readonly Leftover[],
  ran: ReadonlySet<string>,
): MarkerChange[] {
  const markers = directivesOf(source).filter((one) => isMarkerOf(one, ran));
  const unused = new Set(markers);
  const missing: Wanted[] = [];
  for (const wanted of wantedMarkers(source, leftovers)) {
    const same = take(unused, (one) => isAt(one, wanted) && textOf(source, one) === wanted.text);
    if (!same) missing.push(wanted);
  }
  const changes: MarkerChange[] = [];
  for (const wanted of missing) {
    const stale = take(unused, (one) => isAt(one, wanted));
    changes.push(stale ? update(wanted, stale) : add(source, wanted));
  }
  return [...changes, ...[...unused].map((marker) => remove(source, marker))];
}

interface Wanted {
  readonly name: string;
  readonly text: string;
  readonly place: Above;
}

/** One marker for each thing to say about a statement, however often it was found there. */
function wantedMarkers(source: SourceModule, leftovers: readonly Leftover[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { name, message, offset } of leftovers) {
    const place = placeOfMarker(source, offset);
    const text = `# bridgemod: todo[${name}] ${onOneLine(message)}`;
    wanted.set(`${place.at} ${text}`, { name, text, place });
  }
  return [...wanted.values()];
}

/** Control characters and marks that turn the direction of writing have no business in a source file. */
function onOneLine(message: string): string {
  return message
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, "?")
    .trim();
}

function isMarkerOf({ word, names }: Directive, ran: ReadonlySet<string>): boolean {
  const [name, other] = names ?? [];
  return word === "todo" && name !== undefined && other === undefined && ran.has(name.split("/")[0] ?? "");
}

function isAt(marker: Directive, { name, place }: Wanted): boolean {
  return marker.place === place.at && marker.names?.[0] === name;
}

function textOf({ text }: SourceModule, { span }: Directive): string {
  return text.slice(span.start, span.end).trimEnd();
}

function take(markers: Set<Directive>, isWanted: (marker: Directive) => boolean): Directive | null {
  for (const marker of markers) {
    if (!isWanted(marker)) continue;
    markers.delete(marker);
    return marker;
  }
  return null;
}

function add(source: SourceModule, { name, text, place }: Wanted): MarkerChange {
  const line = `${place.indent}${text}${newlineOf(source.text)}`;
  return { kind: "added", name, edit: { start: place.at, end: place.at, text: line } };
}

function update({ name, text }: Wanted, { span }: Directive): MarkerChange {
  return { kind: "updated", name, edit: { ...span, text } };
}

/** Takes the whole line where the marker has it to itself. */
function remove({ text }: SourceModule, { span, alone, names }: Directive): MarkerChange {
  let start = span.start;
  if (alone) start = lineStart(text, start);
  else while (isSpace(text[start - 1])) start -= 1;
  const end = alone ? nextLine(text, span.end) : span.end;
  return { kind: "removed", name: names?.[0] ?? "", edit: { start, end, text: "" } };
}
