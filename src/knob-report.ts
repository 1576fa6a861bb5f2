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
  const [step] = steps;
  if (writers.length > 1 || steps.length > 1) return reportOf(writers, declared, steps.map(stepReport));
  return shared(writers, declared, step ? stepReport(step) : null);
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

function reportOf(
  writers: readonly WriterReport[],
  declared: Json,
  steps: readonly StepReport[],
): KnobReport {
  const last = steps.at(-1);
  if (!last) return heldBy(writers, declared);
  return { declared, effective: last.value, writers, decidedBy: last.by, steps };
}

/** By the declared value, then by the one that runs: those few that differ in the step alone. */
type Shared = Map<Json, Map<Json, KnobReport[]>>;

const NOBODY = {};
const sharedReports = new WeakMap<object, Shared>();

/**
 * The report of a knob that at most one line wrote and at most one step of start-up sets. That is so of most, and they
 * recur in recipe after recipe: equal ones are one object.
 */
function shared(writers: readonly WriterReport[], declared: Json, step: StepReport | null): KnobReport {
  const effective = step ? step.value : declared;
  const same = sharedWith(writers[0] ?? NOBODY, jsonKey(declared), jsonKey(effective));
  for (const report of same) {
    const [known] = report.steps;
    if (known?.by === step?.by && known?.why === step?.why) return report;
  }
  const report = reportOf(writers, declared, step ? [step] : NO_STEPS);
  same.push(report);
  return report;
}

function sharedWith(writer: object, declared: Json, effective: Json): KnobReport[] {
  let byDeclared = sharedReports.get(writer);
  if (!byDeclared) sharedReports.set(writer, (byDeclared = new Map<Json, Map<Json, KnobReport[]>>()));
  let byEffective = byDeclared.get(declared);
  if (!byEffective) byDeclared.set(declared, (byEffective = new Map<Json, KnobReport[]>()));
  let same = byEffective.get(effective);
  if (!same) byEffective.set(effective, (same = []));
  return same;
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
