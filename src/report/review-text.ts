import type { RecipeReview, ReviewFinding, ReviewReport } from "../outcome.ts";
import { changesIn, findingsIn, isSurprise, isTidied } from "../review-judgements.ts";
import { grouped } from "./grouped.ts";
import type { Palette } from "./palette.ts";
import { plural } from "./plural.ts";
import { alikeRecipes, changeLines } from "./review-table.ts";
import { shiftBlocks, withoutShift } from "./shift-text.ts";

export interface ReviewTextOptions {
  readonly palette: Palette;
  /** Name what is merely tidied, and findings that are gone, too. */
  readonly verbose: boolean;
}

/** What a change does: the risk in one line, what every recipe runs differently, then what is found anew. */
export function reviewText(report: ReviewReport, options: ReviewTextOptions): string {
  const { palette } = options;
  const blocks = [
    `${palette.bold(report.risk)}\n`,
    ...shiftBlocks(report, (recipe) => title(recipe, palette), options),
    ...changedBlocks(report, options),
    listBlock(report.recipes, options),
    ...findingBlocks("new findings", findingsIn(report.recipes, "new"), options),
    ...(options.verbose
      ? findingBlocks("findings that are gone", findingsIn(report.recipes, "gone"), options)
      : []),
    ...report.skipped.map(
      ({ file, reason }) => `${palette.bold(file)}\n  ${palette.yellow("skipped:")} ${reason}\n`,
    ),
    legend(report.recipes, palette),
  ];
  return blocks.filter((block) => block !== "").join("\n");
}

/** `3 recipes changed, 1 added, 0 removed, 0 renamed, 31 tidied only; 1 new finding, 2 gone; 0 files skipped`. */
export function reviewSummary({ recipes, skipped }: ReviewReport): string {
  const count = (status: RecipeReview["status"]) => recipes.filter((one) => one.status === status).length;
  const changed = `${plural(count("changed"), "recipe")} changed`;
  const came = `${count("added")} added, ${count("removed")} removed, ${count("renamed")} renamed`;
  const tidied = `${recipes.filter(isTidied).length} tidied only`;
  const fresh = findingsIn(recipes, "new").length;
  const gone = findingsIn(recipes, "gone").length;
  return `${changed}, ${came}, ${tidied}; ${plural(fresh, "new finding")}, ${gone} gone; ${plural(skipped.length, "file")} skipped`;
}

/** A table for each set of recipes that the diff changes in the same way. */
function changedBlocks({ recipes, shift }: ReviewReport, options: ReviewTextOptions): string[] {
  const { palette } = options;
  const blocks = alikeRecipes(withoutShift(recipes)).map((alike) => {
    const titles = alike.map((one) => `${title(one, palette)}\n`);
    return `${titles.join("")}${changeLines(alike, options).join("\n")}\n`;
  });
  const [first, ...others] = blocks;
  if (first === undefined || !shift || shift.isInDiff) return blocks;
  return [`${palette.bold("What the diff changes")}\n\n${first}`, ...others];
}

function title({ recipe, file, line, renamedFrom }: RecipeReview, palette: Palette): string {
  const was = renamedFrom === undefined ? "" : ` (was ${renamedFrom})`;
  return `${palette.bold(recipe)}${was}  ${palette.dim(`${file}:${line}`)}`;
}

/** Recipes that came, went or have another name; under `--verbose` those that are merely tidied. */
function listBlock(recipes: readonly RecipeReview[], { palette, verbose }: ReviewTextOptions): string {
  const listed = recipes.filter(
    (recipe) =>
      ["added", "removed"].includes(recipe.status) ||
      (recipe.status === "renamed" && changesIn(recipe).length === 0) ||
      (verbose && isTidied(recipe)),
  );
  const lines = listed.map((recipe) => {
    const status = recipe.status === "unchanged" ? "tidied" : recipe.status;
    return `${status.padEnd(7)}  ${title(recipe, palette)}\n`;
  });
  return lines.join("");
}

/** As many places of one finding are listed; more are counted. */
const MOST_PLACES = 5;

/** What the diff brings or takes away, then what another Bridge does. */
function findingBlocks(
  heading: string,
  findings: readonly ReviewFinding[],
  options: ReviewTextOptions,
): string[] {
  return grouped(findings, ({ cause }) => cause)
    .toSorted(([a], [b]) => Number(a?.cause !== undefined) - Number(b?.cause !== undefined))
    .map((alike) => {
      const cause = alike[0]?.cause;
      return findingBlock(cause === undefined ? heading : `${heading} with ${cause}`, alike, options);
    });
}

/** A finding once, below all places that have it. */
function findingBlock(
  heading: string,
  findings: readonly ReviewFinding[],
  { palette, verbose }: ReviewTextOptions,
): string {
  if (findings.length === 0) return "";
  const alike = grouped(findings, ({ severity, codemod, rule, message }) => [
    severity,
    codemod,
    rule,
    message,
  ]);
  const most = verbose ? null : MOST_PLACES;
  const lines = alike.flatMap((same) => findingLines(same, most, palette));
  return `${palette.bold(heading)}\n${lines.map((line) => `${line}\n`).join("")}`;
}

function findingLines(alike: readonly ReviewFinding[], most: number | null, palette: Palette): string[] {
  const [first] = alike;
  if (!first) return [];
  const { severity, codemod, rule, message } = first;
  const places = [...new Set(alike.map(({ file, line }) => `${file}:${line}`))];
  const shown = places.slice(0, most ?? places.length).map((place) => `  ${palette.cyan(place)}`);
  const hidden = places.length - shown.length;
  const [head = "", ...others] = shown;
  return [
    `${head}  ${severityText(severity, palette)}  ${codemod}/${rule}`,
    ...others,
    ...(hidden > 0 ? [`  and ${plural(hidden, "more place")}; --verbose lists them`] : []),
    ...message.split("\n").map((part) => `      ${part}`),
  ];
}

function severityText(severity: ReviewFinding["severity"], palette: Palette): string {
  return severity === "error" ? palette.red(severity) : palette.yellow(severity);
}

function legend(recipes: readonly RecipeReview[], palette: Palette): string {
  const isMarked = recipes.some((recipe) => changesIn(recipe).some(isSurprise));
  return isMarked ? palette.dim("! no changed line of the recipe's own file says so\n") : "";
}
