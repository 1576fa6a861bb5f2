import {
  blocks,
  edits as edit,
  imports,
  type Edit,
  type Fix,
  type KnobSite,
  type RecipeFile,
  type Stmt,
} from "../../src/index.ts";
import { claimsOf, reachOf } from "./claims.ts";
import type { Place } from "./place.ts";
import { removeSites } from "./remove.ts";

const PRECISION_MODULE = "megatron.bridge.training.mixed_precision";

/** The fix that moves writes to `mixed_precision`, all of one function; a text where they cannot be moved together. */
export function moveFix(file: RecipeFile, places: readonly Place[]): Fix | string {
  const chosen = lastOfEach(file, places);
  if (typeof chosen === "string") return chosen;
  const { kept, dropped } = chosen;
  const names = new Names(file, kept);
  const moved = [...kept.filter(isInPlace), ...kept.filter((place) => !isInPlace(place))];
  const all: Edit[] = [
    ...literalEdits(file, kept, names),
    ...inPlaceEdits(file, kept.filter(isInPlace), names),
    ...insertionEdits(
      file,
      kept.filter((place) => !isInPlace(place)),
      names,
    ),
    ...removeSites(
      file,
      [...dropped, ...kept.filter((place) => !isInPlace(place))].map((place) => place.site),
      "drop",
    ),
  ];
  return {
    edits: [...all, ...names.importEdits()],
    claims: claimsOf(
      moved.map((place) => place.site),
      pairedFields(kept),
    ),
    ...reachOf(places.map((place) => place.site)),
  };
}

function isInPlace(place: Place): boolean {
  return place.after === null && place.returned === null;
}

/** One place per field: several that say the same become one, several that differ cannot be moved. */
function lastOfEach(
  file: RecipeFile,
  places: readonly Place[],
): { kept: Place[]; dropped: Place[] } | string {
  const byField = new Map<string, Place[]>();
  for (const place of places)
    byField.set(place.site.field, [...(byField.get(place.site.field) ?? []), place]);
  const kept: Place[] = [];
  const dropped: Place[] = [];
  for (const [field, same] of byField) {
    const texts = new Set(same.map((place) => valueText(file, place.site)));
    if (texts.size > 1) return `${field} is written with different values (${[...texts].join(", ")})`;
    const last = same.at(-1);
    if (last) kept.push(last);
    dropped.push(...same.slice(0, -1));
  }
  return { kept, dropped };
}

function valueText(file: RecipeFile, { site }: KnobSite): string {
  return site.value ? file.text.slice(site.value.start, site.value.end) : "";
}

/** Names that the new code needs, imported under what the file can call them. */
class Names {
  readonly #file: RecipeFile;
  readonly #local: ReadonlyMap<string, string>;
  readonly #edits: readonly Edit[];

  constructor(file: RecipeFile, places: readonly Place[]) {
    this.#file = file;
    const requests = neededImports(places);
    const added = imports.addImports(file.text, file.source.parsed().module, requests);
    this.#local = new Map(requests.map(({ name }, index) => [name, added.localNames[index] ?? name]));
    this.#edits = added.edits;
  }

  call(name: string, ...args: readonly string[]): string {
    return `${this.#local.get(name) ?? name}(${args.join(", ")})`;
  }
  importEdits(): readonly Edit[] {
    return this.#edits;
  }
  get text(): string {
    return this.#file.text;
  }
}

function neededImports(places: readonly Place[]): { from: string; name: string }[] {
  const requests = new Map<string, string>();
  for (const { literals, mayBeName, parameter } of places) {
    for (const literal of literals) requests.set(factoryOf(literal.value), PRECISION_MODULE);
    if (mayBeName || parameter !== null) requests.set("get_mixed_precision_config", PRECISION_MODULE);
    if (parameter !== null) requests.set("replace", "dataclasses");
  }
  return [...requests].map(([name, from]) => ({ from, name }));
}

/** `"bf16-mixed"` is made by `bf16_mixed()`. */
function factoryOf(value: Place["literals"][number]["value"]): string {
  return value?.kind === "Constant" && typeof value.value === "string"
    ? value.value.replaceAll("-", "_")
    : "";
}

function literalEdits(file: RecipeFile, places: readonly Place[], names: Names): Edit[] {
  const literals = new Map(
    places
      .filter((place) => place.returned === null)
      .flatMap((place) => place.literals.map((one) => [one.start, one] as const)),
  );
  return [...literals.values()].flatMap(({ value }) =>
    value ? edit.replaceExpression(file.text, value, names.call(factoryOf(value))) : [],
  );
}

/** Writes the knob where it stands, and makes sure in front of the first one that there is an object to write to. */
function inPlaceEdits(file: RecipeFile, places: readonly Place[], names: Names): Edit[] {
  const [first] = places;
  if (!first) return [];
  const { module, text } = { module: file.source.parsed().module, text: file.text };
  const replaced = places.flatMap((place) => replaceTarget(file, place));
  const needing = places.filter((place) => place.mayBeName || place.parameter !== null);
  const lines = uniqueLines(needing, (place) => objectLines(place, [], names));
  if (lines.length === 0) return replaced;
  const func = first.site.site.func;
  const body = blocks.bodyOf(module, func?.kind === "FunctionDef" ? func : null);
  const block = blocks.commonBlock(
    body,
    needing.map((place) => place.site.site.stmt),
  );
  const anchor = blocks.holderIn(block, needing[0]?.site.site.stmt ?? first.site.site.stmt);
  return [...replaced, ...edit.insertBefore(text, anchor, lines)];
}

function replaceTarget(file: RecipeFile, { site, container }: Place): Edit[] {
  const knob = `${container ?? ""}.mixed_precision.${site.field}`;
  const { target, form, stmt } = site.site;
  if (form === "setattr") {
    return edit.replaceSpan(file.text, stmt, `${knob} = ${valueText(file, site)}`);
  }
  const target_ = target ? edit.replaceExpression(file.text, target, knob) : [];
  const paired = pairLines(site, container ?? "");
  return paired.length === 0 ? target_ : [...target_, ...edit.insertAfter(file.text, stmt, paired)];
}

/** Inserts the writes behind the statement that decides `mixed_precision`, or in front of a `return`. */
function insertionEdits(file: RecipeFile, places: readonly Place[], names: Names): Edit[] {
  const byAnchor = new Map<Stmt, Place[]>();
  for (const place of places) {
    const anchor = place.after ?? place.returned?.stmt;
    if (anchor) byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), place]);
  }
  return [...byAnchor].flatMap(([anchor, group]) => {
    const [first] = group;
    if (!first) return [];
    return first.returned ? returnedEdits(file, group, names) : afterEdits(file, { anchor, group }, names);
  });
}

function afterEdits(file: RecipeFile, at: { anchor: Stmt; group: readonly Place[] }, names: Names): Edit[] {
  const { anchor, group } = at;
  const objects = uniqueLines(group, (place) => objectLines(place, [], names));
  const writes = group.flatMap((place) => [
    writeLine(file, place),
    ...pairLines(place.site, place.container ?? ""),
  ]);
  return edit.insertAfter(file.text, anchor, [...objects, ...writes]);
}

function writeLine(file: RecipeFile, { site, container }: Place): string {
  const comment = site.site.form === "attribute" ? edit.trailingComment(file.text, site.site.stmt) : "";
  return `${container ?? ""}.mixed_precision.${site.field} = ${valueText(file, site)}${comment}`;
}

/** Makes an object of what `mixed_precision` holds; the caller's own object is copied first. */
function objectLines(
  { container, mayBeName, parameter }: Place,
  changes: readonly string[],
  names: Names,
): string[] {
  const holder = `${container ?? ""}.mixed_precision`;
  const made = names.call("get_mixed_precision_config", holder);
  if (parameter !== null) return [`${holder} = ${names.call("replace", made, ...changes)}`];
  return mayBeName ? [`${holder} = ${made}`] : [];
}

/** `return ConfigContainer(mixed_precision=…)`: the object gets a name of its own before the call. */
function returnedEdits(file: RecipeFile, group: readonly Place[], names: Names): Edit[] {
  const [first] = group;
  const returned = first?.returned;
  if (!first || !returned?.value) return [];
  const fields = group.map((place) => ({ field: place.site.field, value: valueText(file, place.site) }));
  if (first.parameter !== null) {
    const changes = fields.map(({ field, value }) => `${field}=${value}`);
    const made = names.call("get_mixed_precision_config", first.parameter);
    const line = `${first.parameter} = ${names.call("replace", made, ...changes)}`;
    return edit.insertBefore(file.text, returned.stmt, [line]);
  }
  const made =
    first.literals.length > 0 ? names.call(factoryOf(returned.value)) : sourceOf(file, returned.value);
  const name = "mixed_precision";
  const lines = [`${name} = ${made}`, ...fields.map(({ field, value }) => `${name}.${field} = ${value}`)];
  return [
    ...edit.insertBefore(file.text, returned.stmt, lines),
    ...edit.replaceExpression(file.text, returned.value, name),
  ];
}

function sourceOf(file: RecipeFile, span: { start: number; end: number }): string {
  return file.text.slice(span.start, span.end);
}

function uniqueLines(places: readonly Place[], make: (place: Place) => readonly string[]): string[] {
  return [...new Set(places.flatMap(make))];
}

/** MXFP8 with parameter gathering reuses the gradient buffer: Megatron rejects one without the other. */
const PAIRED = "reuse_grad_buf_for_mxfp8_param_ag";

function pairLines(site: KnobSite, container: string): string[] {
  const value = pairedValue(site);
  return value === null ? [] : [`${container}.mixed_precision.${PAIRED} = ${value}`];
}

function pairedValue(site: KnobSite): "True" | "False" | null {
  if (site.field !== "fp8_param_gather" && site.field !== "fp8_param") return null;
  const use = site.uses.find((one) => one.isLast);
  const recipe = use?.effective.resolved("model.fp8_recipe")?.value;
  const reuse = use?.effective.resolved(`ddp.${PAIRED}`)?.value;
  const wanted = use?.write.value;
  if (recipe?.kind !== "const" || recipe.value !== "mxfp8") return null;
  if (wanted?.kind !== "const" || reuse?.kind !== "const" || wanted.value === reuse.value) return null;
  return wanted.value === true ? "True" : "False";
}

function pairedFields(places: readonly Place[]): readonly string[] {
  return places.some((place) => pairedValue(place.site) !== null) ? [PAIRED] : [];
}
