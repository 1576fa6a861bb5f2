import type { Analysis } from "./analysis.ts";
import { effectiveOf, mergedJson, type Effective } from "./effects.ts";
import type { Json } from "./json.ts";
import type {
  ExplainReport,
  KnobReport,
  RecipeReport,
  RemainingFinding,
  StepReport,
  WriterReport,
} from "./outcome.ts";
import { lineAt } from "./python/source.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import { toJson } from "./recipe/json-value.ts";
import type { DictSlot, Site, Value, Write } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";
import { scenariosOf } from "./scenarios.ts";

/** A file, or one function of it. */
export interface Selection {
  readonly path: string;
  readonly function: string | null;
}

/** The declared and effective value of every knob of the selected recipes, and why. */
export function explain(analysis: Analysis, selection: readonly Selection[]): ExplainReport {
  const chosen = analysis.recipes.filter((recipe) => selection.some((one) => isSelected(recipe, one)));
  return {
    bridge: analysis.project.input.bridge,
    recipes: chosen.flatMap((recipe) => explainRecipe(analysis, recipe)),
    skipped: brokenFiles(analysis, selection),
  };
}

function isSelected({ candidate, isHelper }: Evaluation, { path, function: name }: Selection): boolean {
  if (candidate.module.path !== path) return false;
  return name === null ? !isHelper : candidate.name === name;
}

function brokenFiles(analysis: Analysis, selection: readonly Selection[]): ExplainReport["skipped"] {
  return selection.flatMap(({ path }) => {
    const module = analysis.project.module(path);
    const problem = module?.parsed().problem;
    return module && problem
      ? [{ file: path, reason: `line ${lineAt(module.text, problem.start)}: ${problem.message}` }]
      : [];
  });
}

function explainRecipe(analysis: Analysis, recipe: Evaluation): RecipeReport[] {
  const { module, name, stmt } = recipe.candidate;
  return scenariosOf(analysis, recipe).map((scenario) => {
    const ways = recipe.worlds.map((world) => effectiveOf(world, scenario));
    return {
      file: module.path,
      module: module.name,
      function: name ?? "<module>",
      line: lineAt(module.text, stmt.start),
      scenario: scenario.report,
      knobs: knobReports(recipe, ways),
      findings: startUpFindings(recipe, ways),
    };
  });
}

/** What will be warned about or raised in each way that the recipe can go, at the line that wrote the knob last. */
export function startUpFindings({ candidate }: Evaluation, ways: readonly Effective[]): RemainingFinding[] {
  const [first, ...others] = ways.map((way) => way.notices());
  const certain = (first ?? []).filter(({ message }) =>
    others.every((notices) => notices.some((one) => one.message === message)),
  );
  return certain.map(({ rule, severity, knob, message }) => {
    const last = ways
      .flatMap((way) => writesTo(way, knob))
      .findLast(({ site }) => site.module === candidate.module);
    const line = lineAt(candidate.module.text, last?.site.start ?? candidate.stmt.start);
    return { codemod: "bridge", rule, severity, line, message };
  });
}

function knobReports(recipe: Evaluation, ways: readonly Effective[]): Record<string, KnobReport> {
  const names = new Set(ways.flatMap((way) => [...way.knobs]).filter((knob) => knob.includes(".")));
  return Object.fromEntries([...names].sort().map((knob) => [knob, knobReport(recipe, ways, knob)]));
}

/** What is declared and what runs of one knob, and who decided. */
export function knobReport(recipe: Evaluation, ways: readonly Effective[], knob: string): KnobReport {
  const seen = ways.map((way) => {
    if (way.raises !== null)
      return { declared: { raises: way.raises }, effective: { raises: way.raises }, way };
    if (way.container === null) return { declared: LOST, effective: LOST, way };
    const resolved = way.resolved(knob);
    const declared = way.declared(knob);
    return {
      declared: jsonOrAbsent(declared && toJson(declared)),
      effective: jsonOrAbsent(resolved && toJson(resolved.value)),
      way,
    };
  });
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

function stepReports(ways: readonly Effective[], knob: string): StepReport[] {
  const steps = ways.flatMap((way) => way.steps(knob) ?? []);
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

function jsonOrAbsent(json: Json | null | undefined): Json {
  return json === undefined ? { absent: true } : json;
}

/** The places that wrote the knob of the object that the recipe ends with, in the order of execution. */
function writersOf(ways: readonly Effective[], knob: string): WriterReport[] {
  const writers = new Map<string, WriterReport>();
  const add = ({ module, start }: Site, written: Value) => {
    const line = lineAt(module.text, start);
    const value = toJson(written);
    writers.set(`${module.path}:${line}:${JSON.stringify(value)}`, { file: module.path, line, value });
  };
  for (const way of ways) {
    for (const { site, value } of writesTo(way, knob)) add(site, value);
    const entry = entryOf(way, knob);
    if (entry?.site) add(entry.site, entry.value);
  }
  return [...writers.values()];
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
  if (section?.kind !== "object") return [];
  return writesByField(world).get(`${section.id}.${knob.slice(dot + 1)}`) ?? [];
}

const indices = new WeakMap<World, ReadonlyMap<string, readonly Write[]>>();

/** The writes of a world by object and field: a report asks for each knob of each recipe. */
function writesByField(world: World): ReadonlyMap<string, readonly Write[]> {
  const known = indices.get(world);
  if (known) return known;
  const index = new Map<string, Write[]>();
  for (const write of world.writes) {
    const key = `${write.object.id}.${write.field}`;
    const same = index.get(key);
    if (same) same.push(write);
    else index.set(key, [write]);
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
