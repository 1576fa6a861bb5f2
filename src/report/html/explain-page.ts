import type { ExplainReport, KnobReport, RecipeReport } from "../../outcome.ts";
import { explainSummary } from "../explain-summary.ts";
import { decisionText, differs } from "../explain-text.ts";
import { scenarioText } from "../fold-effects.ts";
import { plural } from "../plural.ts";
import { isUnknown, valueText } from "../value-text.ts";
import { anchor, uniqueAnchors } from "./anchors.ts";
import { documentText, type PageAssets, type PageSection } from "./document.ts";
import { findingItems, listOf, unexplainedItem, unreadItem } from "./findings.ts";
import { html } from "./markup.ts";
import { textTable, type TextTable } from "./matrix-data.ts";
import { DIFFERS, type CellData, type MatrixData } from "./page-data.ts";

export interface ExplainPageOptions {
  readonly assets: PageAssets;
  /** The command that makes this page again. */
  readonly reproduce: string;
}

/** What every recipe declares and what runs, as one page. */
export function explainPage(report: ExplainReport, { assets, reproduce }: ExplainPageOptions): string {
  const once = uniqueAnchors();
  const found = report.recipes.flatMap(({ file, findings }) =>
    findings.map(({ line, codemod, rule, severity, message }) => {
      return { path: file, line, rule: `${codemod}/${rule}`, severity, message };
    }),
  );
  const unique = [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()];
  const unexplained = (report.unexplained ?? []).map((one) => unexplainedItem(one, once));
  const skipped = report.skipped.map(({ file, reason }) => unreadItem({ path: file, failed: false, reason }));
  const sections: PageSection[] = [
    { id: "findings", title: "Findings", count: unique.length, body: listOf(findingItems(unique, once)) },
    { id: "unexplained", title: "Not explained", count: unexplained.length, body: listOf(unexplained) },
    { id: "left", title: "Skipped", count: skipped.length, body: listOf(skipped) },
    {
      id: "reproduce",
      title: "How to reproduce",
      count: 1,
      body: html`<pre class="commands">${reproduce}</pre>`,
    },
  ];
  const files = new Set(report.recipes.map(({ file }) => file)).size;
  return documentText(
    {
      command: "explain",
      title: explainSummary(report),
      bridge: report.bridge,
      summary: plural(files, "file"),
      matrix: explainMatrix(report),
      matrixTitle: "What runs",
      sections,
    },
    assets,
  );
}

function explainMatrix({ recipes }: ExplainReport): MatrixData {
  const table = textTable();
  const knobs = knobsByInterest(recipes);
  const indices = new Map(knobs.map((knob, index) => [knob, index]));
  const once = uniqueAnchors();
  const rows = recipes.map((recipe) => {
    const name = `${recipe.module}.${recipe.function}`;
    const note = [`${recipe.file}:${recipe.line}`, scenarioText(recipe.scenario)].filter(
      (text) => text !== "",
    );
    return {
      id: once(anchor("recipe", name)),
      name: table.of(name),
      note: table.of(note.join(" · ")),
      cells: cellsOf(recipe, indices, table),
    };
  });
  return { columns: ["declared", "effective"], knobs: knobs.map(table.of), rows, texts: table.texts };
}

/** Those first that most recipes run otherwise than they declare. */
function knobsByInterest(recipes: readonly RecipeReport[]): string[] {
  const counts = new Map<string, number>();
  for (const [name, knob] of recipes.flatMap(({ knobs }) => Object.entries(knobs)))
    counts.set(name, (counts.get(name) ?? 0) + (isMarked(knob) ? 1 : 0));
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
}

function isMarked(knob: KnobReport): boolean {
  return differs(knob) && !isUnknown(knob.declared);
}

function cellsOf(
  { knobs, file }: RecipeReport,
  indices: ReadonlyMap<string, number>,
  table: TextTable,
): CellData[] {
  return Object.entries(knobs).map(([name, knob]): CellData => {
    const marks = isMarked(knob) ? DIFFERS : 0;
    const decided = table.of(decisionText(knob, file));
    const [declared, effective] = [table.of(valueText(knob.declared)), table.of(valueText(knob.effective))];
    return [indices.get(name) ?? 0, declared, effective, decided, -1, marks];
  });
}
