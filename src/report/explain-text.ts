import type { ExplainReport, KnobReport, RecipeReport } from "../outcome.ts";
import { scenarioText } from "./fold-effects.ts";
import type { Palette } from "./palette.ts";
import { writeExplain, type ExplainWriter } from "./explain-writer.ts";
import { plural } from "./plural.ts";
import { tableLines, type TableRow } from "./table.ts";
import { isUnknown, valueText } from "./value-text.ts";

/** Which knobs to show: those of interest, all, those that a reader of the recipe would get wrong, or one in full. */
export type Shown = "interest" | "all" | "surprises" | { readonly knob: string };

export interface ExplainTextOptions {
  readonly palette: Palette;
  readonly shown: Shown;
}

/** A table for every recipe: what it declares, what runs under each scenario, and what decides. */
export function explainText(report: ExplainReport, options: ExplainTextOptions): string {
  return writeExplain(report, explainTextWriter(options));
}

/** The same, recipe by recipe. */
export function explainTextWriter(options: ExplainTextOptions): ExplainWriter {
  const { palette } = options;
  let separator = "";
  const block = (text: string | null) => {
    if (text === null) return "";
    const before = separator;
    separator = "\n";
    return before + text;
  };
  return {
    start: () => "",
    recipe: ([first, ...others]) => (first ? block(recipeBlock([first, ...others], options)) : ""),
    end: ({ unexplained = [], skipped }) =>
      [
        ...unexplained.map(({ file, line, reason, ...one }) => {
          const title = `${palette.bold(`${one.module}.${one.function}`)}  ${palette.dim(`${file}:${line}`)}`;
          return `${title}\n  ${palette.yellow("not explained:")} ${reason}\n`;
        }),
        ...skipped.map(
          ({ file, reason }) => `${palette.bold(file)}\n  ${palette.yellow("skipped:")} ${reason}\n`,
        ),
      ]
        .map(block)
        .join(""),
  };
}

/** One recipe under every scenario that was asked for. */
type Variants = readonly [RecipeReport, ...RecipeReport[]];

/** Null for a recipe without surprises where only those are asked for. */
function recipeBlock(variants: Variants, options: ExplainTextOptions): string | null {
  const { palette, shown } = options;
  const [recipe] = variants;
  const scenarios = variants.map(({ scenario }) => scenarioText(scenario)).filter((text) => text !== "");
  const where = palette.dim(
    [`${recipe.file}:${recipe.line}`, scenarios.join(" | ")].filter(Boolean).join(" · "),
  );
  const title = `${palette.bold(`${recipe.module}.${recipe.function}`)}  ${where}`;
  const body =
    typeof shown === "object" ? chainLines(variants, shown.knob, palette) : tableOf(variants, options);
  return body === null ? null : `${[title, ...body, ...findingLines(variants, options)].join("\n")}\n`;
}

function tableOf(variants: Variants, { palette, shown }: ExplainTextOptions): string[] | null {
  const [recipe] = variants;
  const names = Object.keys(recipe.knobs).sort();
  const rows = names.flatMap((name) => {
    const knobs = variants.flatMap(({ knobs }) => knobs[name] ?? []);
    return knobs.some((knob) => isShown(knob, shown)) ? [rowOf(name, knobs, recipe.file)] : [];
  });
  // Start-up raises: a finding says what.
  if (names.length === 0 && variants.some(({ findings }) => findings.length > 0)) return [];
  if (shown === "surprises" && rows.length === 0) return variants.some(isWarned) ? [] : null;
  const hidden = names.length - rows.length;
  const rest = `  and ${plural(hidden, "more knob")} as Bridge sets them; --all shows them`;
  const header = headerFor(variants.map(({ scenario }) => scenario.dp));
  const nothing = palette.dim("  nothing is written, and nothing differs from what Bridge sets");
  return [
    ...(rows.length === 0 ? [nothing] : tableLines(header, rows, palette)),
    ...(hidden === 0 || shown !== "interest" ? [] : [palette.dim(rest)]),
  ];
}

/** Whether start-up will object: what a recipe asks for may be lost without that a knob of its own changes. */
export function isWarned({ findings }: RecipeReport): boolean {
  return findings.some(({ severity }) => severity !== "info");
}

/** Whether a knob is among those to show; one that is named alone is told of by its steps. */
export function isShown(knob: KnobReport, shown: Shown): boolean {
  if (shown === "all") return true;
  if (shown === "surprises") return knob.writers.length > 0 && differs(knob) && !isUnknown(knob.effective);
  // What a checkpoint declares and Bridge then sets is the same for every recipe, and half of the knobs.
  return knob.writers.length > 0 || (differs(knob) && !isUnknown(knob.declared));
}

/** Whether what runs is not what is declared. */
export function differs({ declared, effective }: KnobReport): boolean {
  return valueText(declared) !== valueText(effective);
}

/** Knob, declared, effective under each scenario, decided by; marked where they differ. */
function rowOf(name: string, knobs: readonly KnobReport[], file: string): TableRow {
  const [first] = knobs;
  const effective = knobs.map((knob) => valueText(knob.effective));
  return {
    cells: [name, first ? valueText(first.declared) : "", ...effective, decisionsText(knobs, file)],
    isMarked: knobs.some(differs),
  };
}

/** What decided, and why in a few words. */
export function decisionText(knob: KnobReport, file: string): string {
  return decisionsText([knob], file);
}

/** The same for one knob under several scenarios; what was decided in different ways stands side by side. */
function decisionsText(knobs: readonly KnobReport[], file: string): string {
  const reasons = new Map<string, Set<string>>();
  for (const { decidedBy, steps } of knobs) {
    const by = decidedBy.startsWith(`${file}:`) ? `line ${decidedBy.slice(file.length + 1)}` : decidedBy;
    const why = steps.at(-1)?.why;
    reasons.set(by, (reasons.get(by) ?? new Set()).add(why ?? ""));
  }
  return [...reasons].map(([by, why]) => [by, ...joined(why)].join(": ")).join(" | ");
}

function joined(reasons: ReadonlySet<string>): string[] {
  const said = [...reasons].filter((reason) => reason !== "");
  return said.length === 0 ? [] : [said.join(" | ")];
}

function headerFor(scenarios: readonly (number | null)[]): string[] {
  const effective =
    scenarios.length === 1
      ? ["effective"]
      : scenarios.map((dp) => (dp === null ? "effective" : `at DP ${dp}`));
  return ["knob", "declared", ...effective, "decided by"];
}

/** Everything that set one knob, in order; the last one is what runs. */
function chainLines(variants: Variants, name: string, palette: Palette): string[] | null {
  const [recipe] = variants;
  const known = recipe.knobs[name];
  if (!known) return [palette.dim(`  ${name}: no such knob here`)];
  const writers = known.writers.map(({ file, line, value }) => `${file}:${line} writes ${valueText(value)}`);
  const origin =
    known.writers.length === 0
      ? [`declared as ${valueText(known.declared)}, written by nobody here`]
      : writers;
  const steps = variants.flatMap(({ scenario, knobs }) => {
    const where = variants.length === 1 || scenario.dp === null ? "" : `at DP ${scenario.dp}: `;
    const report = knobs[name];
    const lines = (report?.steps ?? []).map(
      ({ by, value, why }) => `${where}${by} sets ${valueText(value)}${why === null ? "" : ` (${why})`}`,
    );
    return [...lines, palette.bold(`${where}runs with ${valueText(report?.effective ?? null)}`)];
  });
  return [`  ${name}`, ...[...origin, ...steps].map((line) => `    ${line}`)];
}

/** What start-up objects to; of one knob, what names it. */
export function findingsOf({ findings }: RecipeReport, shown: Shown): RecipeReport["findings"] {
  const field = typeof shown === "object" ? (shown.knob.split(".").at(-1) ?? "") : "";
  return findings.filter(({ message }) => message.includes(field));
}

function findingLines(variants: Variants, { palette, shown }: ExplainTextOptions): string[] {
  const lines = variants
    .flatMap((variant) => findingsOf(variant, shown))
    .map(({ line, severity, codemod, rule, message }) => {
      const mark = severity === "error" ? palette.red(severity) : palette.yellow(severity);
      return `  line ${line}  ${mark}  ${codemod}/${rule}: ${message}`;
    });
  return [...new Set(lines)];
}
