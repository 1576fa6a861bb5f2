import type { Json } from "../json.ts";
import type { ExplainReport, KnobReport, RecipeReport } from "../outcome.ts";
import { scenarioText } from "./fold-effects.ts";
import type { Palette } from "./palette.ts";
import { valueText } from "./value-text.ts";

export interface ExplainTextOptions {
  readonly palette: Palette;
  /** Every knob, not only those that somebody wrote or that end otherwise than is known to be declared. */
  readonly all: boolean;
}

interface Row {
  readonly cells: readonly [knob: string, declared: string, effective: string, decidedBy: string];
  readonly differs: boolean;
}

/** A table for every recipe and scenario: what it declares, what runs, and what decides. */
export function explainText(report: ExplainReport, options: ExplainTextOptions): string {
  const recipes = report.recipes.map((recipe) => recipeBlock(recipe, options));
  const skipped = report.skipped.map(
    ({ file, reason }) =>
      `${options.palette.bold(file)}\n  ${options.palette.yellow("skipped:")} ${reason}\n`,
  );
  return [...recipes, ...skipped].join("\n");
}

function recipeBlock(recipe: RecipeReport, options: ExplainTextOptions): string {
  const { palette } = options;
  const names = Object.keys(recipe.knobs).sort();
  const rows = names.flatMap((name) => {
    const knob = recipe.knobs[name];
    return knob !== undefined && (options.all || isOfInterest(knob)) ? [rowOf(name, knob, recipe.file)] : [];
  });
  const scenario = scenarioText(recipe.scenario);
  const where = palette.dim(`${recipe.file}:${recipe.line}${scenario === "" ? "" : ` · ${scenario}`}`);
  const title = `${palette.bold(`${recipe.module}.${recipe.function}`)}  ${where}`;
  const hidden = names.length - rows.length;
  const rest =
    hidden === 0 ? [] : [palette.dim(`  and ${hidden} more knobs as Bridge sets them; --all shows them`)];
  return `${[title, ...tableLines(rows, palette), ...rest, ...findingLines(recipe, palette)].join("\n")}\n`;
}

/** What a checkpoint declares and Bridge then sets is the same for every recipe, and half of the knobs. */
function isOfInterest(knob: KnobReport): boolean {
  return knob.writers.length > 0 || (differs(knob) && !isUnknown(knob.declared));
}

function isUnknown(value: Json): boolean {
  return typeof value === "object" && value !== null && "unknown" in value;
}

function differs({ declared, effective }: KnobReport): boolean {
  return valueText(declared) !== valueText(effective);
}

function rowOf(name: string, knob: KnobReport, file: string): Row {
  const decidedBy = knob.decidedBy.startsWith(`${file}:`)
    ? `line ${knob.decidedBy.slice(file.length + 1)}`
    : knob.decidedBy;
  return {
    cells: [name, valueText(knob.declared), valueText(knob.effective), decidedBy],
    differs: differs(knob),
  };
}

function tableLines(rows: readonly Row[], palette: Palette): string[] {
  if (rows.length === 0)
    return [palette.dim("  nothing is written, and nothing differs from what Bridge sets")];
  const header = ["knob", "declared", "effective", "decided by"] as const;
  const widths = header.map((title, column) =>
    Math.min(48, Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0))),
  );
  function line(cells: readonly string[]): string {
    return `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  }
  const marked = rows.map((row) => (row.differs ? palette.yellow(line(row.cells)) : line(row.cells)));
  return [palette.dim(line(header)), ...marked];
}

function findingLines({ findings }: RecipeReport, palette: Palette): string[] {
  return findings.map(({ line, severity, codemod, rule, message }) => {
    const mark = severity === "error" ? palette.red(severity) : palette.yellow(severity);
    return `  line ${line}  ${mark}  ${codemod}/${rule}: ${message}`;
  });
}
