import { knobParts, sortKnobs } from "./bridge/knob-name.ts";
import type { Step } from "./bridge/resolve.ts";
import type { Effective } from "./effects.ts";
import type { Json } from "./json.ts";
import type { KnobReport, StepReport, WriterReport } from "./outcome.ts";
import { lineAt } from "./python/source.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import { jsonKey, mergedJson, toJson } from "./recipe/json-value.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import type { Site, Value } from "./recipe/value.ts";
import { writesTo } from "./writes-to.ts";

/** What is declared and what runs of every knob of a recipe, in the order of their names. */
export function knobReports(recipe: Evaluation, ways: readonly Effective[]): Record<string, KnobReport> {
  const reports: Record<string, KnobReport> = {};
  for (const knob of sortKnobs(union(ways.map((way) => way.knobs))))
    if (knobParts(knob).owner !== "") reports[knob] = knobReport(recipe, ways, knob);
  return reports;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [only] = sets;
  return only && sets.length === 1 ? only : new Set(sets.flatMap((set) => [...set]));
}

/** What is declared and what runs of one knob, and who decided. */
export function knobReport({ incomplete }: Evaluation, ways: readonly Effective[], knob: string): KnobReport {
  const reports = ways.map((way) => reportOfWay(way, knob));
  const [first] = reports;
  if (first && incomplete === null && reports.every((one) => one === first)) return first;
  return joined(reports, incomplete);
}

/** The report of a recipe that can go several ways, or more than are known. */
function joined(reports: readonly KnobReport[], incomplete: string | null): KnobReport {
  const others: readonly Json[] = incomplete === null ? [] : [{ unknown: incomplete }];
  const writers = distinct(reports.flatMap((one) => one.writers));
  return {
    declared: mergedJson([...others, ...reports.map((one) => one.declared)]),
    effective: mergedJson([...others, ...reports.map((one) => one.effective)]),
    writers,
    decidedBy: reports.find(({ steps }) => steps.length > 0)?.decidedBy ?? lastPlace(writers),
    steps: joinedSteps(reports.flatMap(({ steps }) => steps)),
  };
}

function joinedSteps(steps: readonly StepReport[]): readonly StepReport[] {
  return [...new Set(steps.map(({ by }) => by))].map((by) => {
    const same = steps.filter((step) => step.by === by);
    const reasons = new Set(same.map(({ why }) => why));
    return {
      by,
      value: mergedJson(same.map(({ value }) => value)),
      why: reasons.size === 1 ? (same[0]?.why ?? null) : "depends on how the recipe goes",
    };
  });
}

function reportOfWay(way: Effective, knob: string): KnobReport {
  const writers = writersOf(way, knob);
  if (way.raises !== null) return heldBy(writers, { raises: way.raises });
  if (way.container === null) return heldBy(writers, LOST);
  const steps = way.steps(knob) ?? [];
  const value = way.declared(knob);
  const declared = value === null ? ABSENT : toJson(value);
  const last = steps.at(-1);
  if (last) {
    const effective = last.value === value ? declared : toJson(last.value);
    return { declared, effective, writers, decidedBy: last.decidedBy, steps: steps.map(stepReport) };
  }
  if (writers.length > 1) return heldBy(writers, declared);
  const [writer] = writers;
  return writer ? writtenOnce(writer, declared) : untouched(declared);
}

/** Of a recipe that hands over something else in one of its ways, as far as can be told. */
const LOST: Json = { unknown: "what the recipe returns cannot be told" };
const ABSENT: Json = { absent: true };
const NO_STEPS: readonly StepReport[] = [];

/** Of a knob that start-up leaves alone. */
function heldBy(writers: readonly WriterReport[], value: Json): KnobReport {
  return { declared: value, effective: value, writers, decidedBy: lastPlace(writers), steps: NO_STEPS };
}

function stepReport({ decidedBy, value, why }: Step<Value>): StepReport {
  return { by: decidedBy, value: toJson(value), why };
}

// Most reports are those of a default, or of what one line wrote, and recur in recipe after recipe: they are shared.

const untouchedReports = new Map<Json, KnobReport>();

/** Of a knob that nobody wrote: the value that it has by default. */
function untouched(value: Json): KnobReport {
  const key = jsonKey(value);
  let report = untouchedReports.get(key);
  if (!report) untouchedReports.set(key, (report = heldBy([], value)));
  return report;
}

const writtenReports = new WeakMap<WriterReport, KnobReport>();

/** Of a knob that holds what one place wrote. */
function writtenOnce(writer: WriterReport, value: Json): KnobReport {
  const known = writtenReports.get(writer);
  if (known && jsonKey(known.declared) === jsonKey(value)) return known;
  const report = heldBy([writer], value);
  writtenReports.set(writer, report);
  return report;
}

/** The places that wrote the knob of the object that a way of the recipe ends with, in the order of execution. */
function writersOf(way: Effective, knob: string): readonly WriterReport[] {
  const { owner, field } = knobParts(knob);
  const section = way.container?.fields.get(owner)?.value;
  if (section?.kind !== "dict") return distinct(writesTo(way, knob).map(writerReport));
  // A section that is a dict, such as `env_vars`.
  const entry = section.entries.get(JSON.stringify(field));
  return entry?.site ? [writerReport({ site: entry.site, value: entry.value })] : [];
}

/** A loop writes at one place again and again. */
function distinct(writers: readonly WriterReport[]): readonly WriterReport[] {
  if (writers.length < 2) return writers;
  if (new Set(writers.map(({ line }) => line)).size === writers.length) return writers;
  return [...new Map(writers.map((writer) => [JSON.stringify(writer), writer])).values()];
}

const writersAt = new WeakMap<SourceModule, Map<number, Map<Json, WriterReport>>>();

/** A place with a value that it wrote: one report for each value. */
function writerReport({ site: { module, start }, value }: { site: Site; value: Value }): WriterReport {
  let byPlace = writersAt.get(module);
  if (!byPlace) writersAt.set(module, (byPlace = new Map<number, Map<Json, WriterReport>>()));
  let byValue = byPlace.get(start);
  if (!byValue) byPlace.set(start, (byValue = new Map<Json, WriterReport>()));
  const json = toJson(value);
  const key = jsonKey(json);
  let report = byValue.get(key);
  if (!report)
    byValue.set(key, (report = { file: module.path, line: lineAt(module.text, start), value: json }));
  return report;
}

function lastPlace(writers: readonly WriterReport[]): string {
  const last = writers.at(-1);
  return last ? `${last.file}:${last.line}` : "default";
}
