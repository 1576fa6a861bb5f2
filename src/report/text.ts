import {
  countOutcomes,
  type AppliedFix,
  type FileOutcome,
  type RemainingFinding,
  type RunReport,
  type Severity,
  type SuppressedFinding,
  type Verdict,
} from "../outcome.ts";
import { foldEffects, recipesText, type FoldedEffect } from "./fold-effects.ts";
import type { Palette } from "./palette.ts";
import { plural } from "./plural.ts";

export interface TextOptions {
  readonly palette: Palette;
  /** Whether files were written, or only would be. */
  readonly applied: boolean;
  /** Whether to name unchanged files and every recipe of an effect. */
  readonly verbose: boolean;
}

/** What was done, or would be, file by file. Files with nothing to say are left out. */
export function runText(report: RunReport, options: TextOptions): string {
  const blocks = report.files.map((file) => fileBlock(file, options)).filter((block) => block !== "");
  return blocks.join("\n");
}

/** One line with the four counts, which add up to the files given. */
export function summaryText(report: RunReport, applied: boolean): string {
  const counts = countOutcomes(report.files);
  const changed = `${counts.changed} ${applied ? "changed" : "would change"}`;
  const others = `${counts.unchanged} unchanged, ${counts.skipped} skipped, ${counts.failed} failed`;
  return `${plural(report.files.length, "file")}: ${changed}, ${others}${openText(report)}${ignoredText(report)}`;
}

function ignoredText(report: RunReport): string {
  const ignored = report.files.flatMap((file) => file.suppressed ?? []).length;
  return ignored === 0 ? "" : `; ${plural(ignored, "finding")} ignored as comments ask`;
}

function openText(report: RunReport): string {
  const open = report.files
    .flatMap((file) => file.remaining)
    .filter(({ severity }) => severity !== "info").length;
  return open === 0 ? "" : `; ${plural(open, "finding")} left for you`;
}

function fileBlock(file: FileOutcome, options: TextOptions): string {
  const lines = [
    ...file.fixes.flatMap((fix) => fixLines(fix, options)),
    ...file.remaining.flatMap((finding) => findingLines(finding, options.palette)),
    ...(options.verbose ? (file.suppressed ?? []) : []).flatMap((one) =>
      suppressedLines(one, options.palette),
    ),
    ...outcomeLines(file, options.palette),
  ];
  if (lines.length === 0 && !options.verbose) return "";
  const note = lines.length === 0 ? options.palette.dim(`  ${file.outcome}`) : "";
  return `${options.palette.bold(file.path)}${note}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function outcomeLines({ outcome, reason }: FileOutcome, palette: Palette): string[] {
  if (outcome === "failed") return [`${palette.red("failed:")} ${reason ?? "no reason given"}`];
  if (outcome === "skipped") return [`${palette.yellow("skipped:")} ${reason ?? "no reason given"}`];
  return [];
}

function fixLines(fix: AppliedFix, options: TextOptions): string[] {
  const { palette, applied, verbose } = options;
  const done = palette.green(applied ? "fixed" : "fix");
  const verdict = verdictText(fix.verdict, palette);
  const head = `${palette.cyan(String(fix.line))}  ${done}  ${fix.codemod}/${fix.rule}  ${verdict}`;
  const effects = foldEffects(fix.effects).flatMap((effect) => effectLines(effect, palette, verbose));
  return [head, ...indented(fix.message.split("\n")), ...indented(effects)];
}

function findingLines(
  { line, severity, codemod, rule, message }: RemainingFinding,
  palette: Palette,
): string[] {
  const head = `${palette.cyan(String(line))}  ${severityText(severity, palette)}  ${codemod}/${rule}`;
  return [head, ...indented(message.split("\n"))];
}

function suppressedLines({ line, codemod, rule, reason }: SuppressedFinding, palette: Palette): string[] {
  const head = `${palette.cyan(String(line))}  ${palette.dim("ignored")}  ${codemod}/${rule}`;
  return [head, ...indented([reason === "" ? "no reason given" : reason])];
}

function effectLines(effect: FoldedEffect, palette: Palette, verbose: boolean): string[] {
  const { knob, before, after, scenario, recipes } = effect;
  const where = scenario === null ? "" : palette.dim(` (${scenario})`);
  const change = `${knob}: ${palette.red(before)} → ${palette.green(after)}${where}`;
  return [change, palette.dim(`  in ${recipesText(recipes, verbose ? Infinity : 2)}`)];
}

function verdictText(verdict: Verdict, palette: Palette): string {
  switch (verdict) {
    case "preserving":
      return palette.green("preserving: nothing that runs changes");
    case "requested":
      return palette.cyan("requested: exactly this changes");
    case "unproven":
      return palette.yellow("unproven");
    case "refuted":
      return palette.red("refuted: a bug of bridgemod, never written");
  }
}

function severityText(severity: Severity, palette: Palette): string {
  if (severity === "error") return palette.red("error");
  return severity === "warning" ? palette.yellow("warning") : palette.dim("info");
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
