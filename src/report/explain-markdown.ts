import type { ExplainReport, RecipeReport } from "../outcome.ts";
import { explainSummary } from "./explain-summary.ts";
import { decisionText, differs, findingsOf, isShown, isWarned, type Shown } from "./explain-text.ts";
import { scenarioText } from "./fold-effects.ts";
import { codeBlock, codeSpan, plainMarkdown } from "./markdown-text.ts";
import { plural } from "./plural.ts";
import { valueText } from "./value-text.ts";

/** As in `markdown.ts`: what GitHub takes. */
const MOST_CHARACTERS = 65_000;

export interface ExplainMarkdownOptions {
  readonly shown: Shown;
  /** The command that prints this again. */
  readonly reproduce: string;
}

/** A table for every recipe, as many as fit; the command that shows the rest. */
export function explainMarkdown(report: ExplainReport, { shown, reproduce }: ExplainMarkdownOptions): string {
  const head = `## ${plainMarkdown(explainSummary(report))}`;
  const { version, from } = report.bridge;
  const about = `Bridge ${plainMarkdown(version)} (from ${plainMarkdown(from)}).`;
  const foot = `### How to reproduce\n\n${codeBlock("sh", reproduce)}\n\n${about}`;
  const blocks = [
    ...report.recipes.map((recipe) => recipeBlock(recipe, shown)),
    ...(report.unexplained ?? []).map(
      ({ file, line, reason, ...one }) =>
        `${codeSpan(`${one.module}.${one.function}`)} (${plainMarkdown(`${file}:${line}`)}) not explained: ${plainMarkdown(reason)}`,
    ),
    ...report.skipped.map(({ file, reason }) => `${codeSpan(file)} skipped: ${plainMarkdown(reason)}`),
  ].filter((block) => block !== "");
  const parts: string[] = [];
  let length = head.length + foot.length;
  for (const block of blocks) {
    if (length + block.length > MOST_CHARACTERS - 200) break;
    parts.push(block);
    length += block.length + 2;
  }
  const rest = blocks.length - parts.length;
  if (rest > 0) parts.push(`… and ${plural(rest, "more recipe")}: the command prints them.`);
  return `${[head, ...parts, foot].join("\n\n")}\n`;
}

function recipeBlock(report: RecipeReport, shown: Shown): string {
  const { file, line, module, scenario, knobs, ...recipe } = report;
  const names = Object.keys(knobs).sort();
  const rows = names.flatMap((name) => {
    const knob = knobs[name];
    if (!knob || !(typeof shown === "object" ? shown.knob === name : isShown(knob, shown))) return [];
    const mark = differs(knob) ? "≠" : "";
    const cells = [name, valueText(knob.declared), valueText(knob.effective), decisionText(knob, file)];
    return [`| ${cells.map(cell).join(" | ")} | ${mark} |`];
  });
  const where = [`${file}:${line}`, scenarioText(scenario)].filter((text) => text !== "").join(" · ");
  const title = `### ${codeSpan(`${module}.${recipe.function}`)}\n\n${plainMarkdown(where)}`;
  if (shown === "surprises" && rows.length === 0 && !isWarned(report)) return "";
  const head = "| knob | declared | effective | decided by | |\n|---|---|---|---|---|";
  const findings = findingsOf(report, shown).map(
    ({ severity, codemod, rule, message, ...at }) =>
      `- line ${at.line}: ${severity} ${codeSpan(`${codemod}/${rule}`)} ${plainMarkdown(message)}`,
  );
  const table = rows.length === 0 ? [] : [`${head}\n${rows.join("\n")}`];
  const parts = [...table, ...(findings.length === 0 ? [] : [findings.join("\n")])];
  return [title, ...(parts.length === 0 ? ["Nothing to show."] : parts)].join("\n\n");
}

function cell(text: string): string {
  return codeSpan(text).replaceAll("|", "\\|");
}
