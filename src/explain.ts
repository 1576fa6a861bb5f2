import type { RecipeStream } from "./analysis.ts";
import { effectiveOf, mergedJson, type Effective } from "./effects.ts";
import { importFindings, type ImportFindings } from "./import-findings.ts";
import type { Json } from "./json.ts";
import { BRIDGE } from "./missing-imports.ts";
import type {
  ExplainReport,
  KnobReport,
  RecipeReport,
  RemainingFinding,
  StepReport,
  UnexplainedFunction,
  WriterReport,
} from "./outcome.ts";
import { PARSE_ALL_BELOW } from "./policy.ts";
import { lineAt } from "./python/source.ts";
import { isRecipe, type Evaluation } from "./recipe/evaluate.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import { toJson } from "./recipe/json-value.ts";
import type { DictSlot, ObjectValue, Site, Value, Write } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";
import { scenariosOf } from "./scenarios.ts";
import { unexplained } from "./unexplained.ts";

/** A file, or one function of it. */
export interface Selection {
  readonly path: string;
  readonly function: string | null;
}

/** What becomes of the selected recipes: each under every scenario that is asked for, and how far the work has got. */
export interface ExplainSink {
  recipe(variants: readonly RecipeReport[]): void;
  progress?(done: number, total: number): void;
  /** Waited for between files: what was written may have to be read first. */
  ready?(): Promise<void>;
}

/** Says the declared and effective value of every knob of the selected recipes, and why; it keeps none of them. */
export async function explain(
  stream: RecipeStream,
  selection: readonly Selection[],
  sink: ExplainSink,
): Promise<Pick<ExplainReport, "skipped" | "lost" | "unexplained">> {
  const files = new Set(selection.map(({ path }) => path));
  const total = files.size;
  const imports = importFindings(stream);
  const told = new Set<string>();
  let current: SourceModule | null = null;
  const without: UnexplainedFunction[] = [];
  for (const recipe of stream.evaluations) {
    const { module } = recipe.candidate;
    if (module !== current) {
      current = module;
      files.delete(module.path);
      sink.progress?.(total - files.size, total);
      await sink.ready?.();
    }
    if (!selection.some((one) => isSelected(recipe, one))) continue;
    if (!isRecipe(recipe)) {
      const reason = unexplained(recipe);
      if (reason) without.push(reason);
      continue;
    }
    told.add(module.path);
    sink.recipe(explainRecipe(stream, recipe, imports));
  }
  const lost = lostFiles(stream, selection, { told, imports });
  return {
    skipped: brokenFiles(stream, selection),
    ...(lost.length > 0 && { lost }),
    ...(without.length > 0 && { unexplained: without }),
  };
}

function isSelected({ candidate, isHelper }: Evaluation, { path, function: name }: Selection): boolean {
  if (candidate.module.path !== path) return false;
  return name === null ? !isHelper : (candidate.name ?? "<module>") === name;
}

/** Of a large project, files without recipes are never parsed. */
function brokenFiles({ project }: RecipeStream, selection: readonly Selection[]): ExplainReport["skipped"] {
  const modules = selection.flatMap(({ path }) => project.module(path) ?? []);
  const size = modules.reduce((sum, { text }) => sum + text.length, 0);
  return modules.flatMap((module) => {
    const problem = size < PARSE_ALL_BELOW || module.isParsed() ? module.parsed().problem : null;
    return problem
      ? [{ file: module.path, reason: `line ${lineAt(module.text, problem.start)}: ${problem.message}` }]
      : [];
  });
}

function lostFiles(
  { project }: RecipeStream,
  selection: readonly Selection[],
  { told, imports }: { told: ReadonlySet<string>; imports: ImportFindings },
): NonNullable<ExplainReport["lost"]> {
  return [...new Set(selection.map(({ path }) => path))].flatMap((file) => {
    const module = told.has(file) ? null : project.module(file);
    const reason = module && imports.firstRaising(module);
    return typeof reason === "string" ? [{ file, reason }] : [];
  });
}

function explainRecipe(stream: RecipeStream, recipe: Evaluation, imports: ImportFindings): RecipeReport[] {
  const { module, name, stmt } = recipe.candidate;
  const raising = imports.of(recipe.candidate);
  return scenariosOf(stream, recipe).map((scenario) => {
    const ways = recipe.worlds.map((world) => effectiveOf(world, scenario));
    return {
      file: module.path,
      module: module.name,
      function: name ?? "<module>",
      line: lineAt(module.text, stmt.start),
      scenario: scenario.report,
      knobs: knobReports(recipe, ways),
      findings: [...raising, ...startUpFindings(recipe, ways)],
    };
  });
}

/** What will be warned about or raised in each way that the recipe can go, at the line that wrote the knob last. */
export function startUpFindings(
  { candidate, incomplete }: Evaluation,
  ways: readonly Effective[],
): RemainingFinding[] {
  // Some way that was not tried may go without.
  if (incomplete !== null) return [];
  const [first, ...others] = ways.map((way) => way.notices());
  const certain = (first ?? []).filter(({ message }) =>
    others.every((notices) => notices.some((one) => one.message === message)),
  );
  return certain.map(({ rule, severity, knob, message }) => {
    const last = ways
      .flatMap((way) => writesTo(way, knob))
      .findLast(({ site }) => site.module === candidate.module);
    const line = lineAt(candidate.module.text, last?.site.start ?? candidate.stmt.start);
    return { codemod: BRIDGE, rule, severity, line, message };
  });
}

function knobReports(recipe: Evaluation, ways: readonly Effective[]): Record<string, KnobReport> {
  const [first, ...others] = ways.map((way) => way.knobs);
  const all =
    others.length === 0 ? first : new Set([first, ...others].flatMap((knobs) => [...(knobs ?? [])]));
  const reports: Record<string, KnobReport> = {};
  for (const knob of [...(all ?? [])].sort())
    if (knob.includes(".")) reports[knob] = shared(knobReport(recipe, ways, knob));
  return reports;
}

/** The values that knobs have by default, most of all that is reported: each recipe has hundreds of them. */
const untouched = new Map<Json, KnobReport>();

/** The same report for knobs that nobody wrote and that hold the same constant. */
function shared(report: KnobReport): KnobReport {
  const { declared, effective, decidedBy, writers } = report;
  const isDefault = decidedBy === "default" && writers.length === 0 && declared === effective;
  if (!isDefault || (typeof declared === "object" && declared !== null)) return report;
  const known = untouched.get(declared);
  if (known) return known;
  untouched.set(declared, report);
  return report;
}

/** What is declared and what runs of one knob, and who decided. */
export function knobReport(recipe: Evaluation, ways: readonly Effective[], knob: string): KnobReport {
  const seen = ways.map((way) => valuesIn(way, knob));
  const incomplete = recipe.incomplete === null ? [] : [{ unknown: recipe.incomplete }];
  const writers = writersOf(ways, knob);
  return {
    declared: mergedJson([...incomplete, ...seen.map((one) => one.declared)]),
    effective: mergedJson([...incomplete, ...seen.map((one) => one.effective)]),
    writers,
    decidedBy: decidedBy(ways, knob, writers),
    steps: stepReports(ways, knob),
  };
}

function valuesIn(way: Effective, knob: string): { readonly declared: Json; readonly effective: Json } {
  if (way.raises !== null) return { declared: { raises: way.raises }, effective: { raises: way.raises } };
  if (way.container === null) return { declared: LOST, effective: LOST };
  const value = way.declared(knob);
  const effective = way.resolved(knob)?.value ?? null;
  const declared = jsonOrAbsent(value);
  return { declared, effective: effective === value ? declared : jsonOrAbsent(effective) };
}

const NO_STEPS: readonly StepReport[] = [];

function stepReports(ways: readonly Effective[], knob: string): readonly StepReport[] {
  const steps = ways.flatMap((way) => way.steps(knob) ?? []);
  if (steps.length === 0) return NO_STEPS;
  const names = [...new Set(steps.map(({ decidedBy }) => decidedBy))];
  return names.map((by) => {
    const same = steps.filter(({ decidedBy }) => decidedBy === by);
    const reasons = new Set(same.map(({ why }) => why));
    return {
      by,
      value: mergedJson(same.map(({ value }) => toJson(value))),
      why: reasons.size === 1 ? (same[0]?.why ?? null) : "depends on how the recipe goes",
    };
  });
}

/** Of a recipe that hands over something else in one of its ways, as far as can be told. */
const LOST: Json = { unknown: "what the recipe returns cannot be told" };

function jsonOrAbsent(value: Value | null): Json {
  return value === null ? ABSENT : toJson(value);
}

const ABSENT: Json = { absent: true };

const NO_WRITERS: readonly WriterReport[] = [];

/** The places that wrote the knob of the object that the recipe ends with, in the order of execution. */
function writersOf(ways: readonly Effective[], knob: string): readonly WriterReport[] {
  const found = ways.flatMap((way) => {
    const writes = writesTo(way, knob).map(({ site, value }) => writerReport(site, value));
    const entry = entryOf(way, knob);
    return entry?.site ? [...writes, writerReport(entry.site, entry.value)] : writes;
  });
  if (found.length <= 1) return found.length === 0 ? NO_WRITERS : found;
  return [...new Map(found.map((writer) => [JSON.stringify(writer), writer])).values()];
}

function writerReport({ module, start }: Site, value: Value): WriterReport {
  return { file: module.path, line: lineAt(module.text, start), value: toJson(value) };
}

/** The entry of a section that is a dict, such as `env_vars`. */
function entryOf({ container }: Effective, knob: string): DictSlot | null {
  const dot = knob.indexOf(".");
  const section = container?.fields.get(knob.slice(0, dot))?.value;
  return section?.kind === "dict" ? (section.entries.get(JSON.stringify(knob.slice(dot + 1))) ?? null) : null;
}

/** The writes to a knob of the object that a way of a recipe ends with, in the order of execution. */
export function writesTo({ world, container }: Effective, knob: string): readonly Write[] {
  const dot = knob.indexOf(".");
  const section = container?.fields.get(knob.slice(0, dot))?.value;
  if (section?.kind !== "object") return NO_WRITES;
  return (
    writesByField(world)
      .get(section)
      ?.get(knob.slice(dot + 1)) ?? NO_WRITES
  );
}

const NO_WRITES: readonly Write[] = [];

type WritesByField = ReadonlyMap<ObjectValue, ReadonlyMap<string, readonly Write[]>>;

const indices = new WeakMap<World, WritesByField>();

/** The writes of a world by object and field: a report asks for each knob of each recipe. */
function writesByField(world: World): WritesByField {
  const known = indices.get(world);
  if (known) return known;
  const index = new Map<ObjectValue, Map<string, Write[]>>();
  for (const write of world.writes) {
    let fields = index.get(write.object);
    if (!fields) index.set(write.object, (fields = new Map<string, Write[]>()));
    const same = fields.get(write.field);
    if (same) same.push(write);
    else fields.set(write.field, [write]);
  }
  indices.set(world, index);
  return index;
}

function decidedBy(ways: readonly Effective[], knob: string, writers: readonly WriterReport[]): string {
  const step = ways
    .map((way) => way.resolved(knob)?.decidedBy)
    .find((one) => one !== undefined && one !== null);
  if (step !== undefined && step !== null) return step;
  const last = writers.at(-1);
  return last ? `${last.file}:${last.line}` : "default";
}
