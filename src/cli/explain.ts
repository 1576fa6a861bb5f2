import type { ExplainReport, RecipeReport } from "../outcome.ts";
import { comparePaths } from "../project.ts";
import { unexplainedCount } from "../report/explain-summary.ts";
import type { Shown } from "../report/explain-text.ts";
import type { ExplainWriter } from "../report/explain-writer.ts";
import { plural } from "../report/plural.ts";
import { Problem } from "../workspace/problem.ts";
import { isBeside } from "../workspace/walk-python.ts";
import { prepare, type Preparation } from "./analyse.ts";
import { parseAsked, selectionOf } from "./explain-selection.ts";
import { explainEach, type ExplainRequest } from "./explained.ts";
import { bridgeText } from "./messages.ts";
import { requireFunctions, requireKnob } from "./missing-recipes.ts";
import { formatOf, oneOf, type RawOptions } from "./options.ts";
import { explainWriter, renderExplain } from "./render-explain.ts";
import { startProgress } from "./progress.ts";
import { selectPaths } from "./select-paths.ts";
import { exitCodes, type Session } from "./session.ts";
import { give, openResult, tell, tellFailures, type Failure } from "./tell.ts";

/** `bridgemod explain`: what every recipe declares, what runs, and why. */
export async function explain(session: Session, named: readonly string[], raw: RawOptions): Promise<number> {
  oneOf("--format", formatOf(raw), ["text", "json", "markdown", "html"]);
  checkShown(raw);
  const selects = raw.since !== undefined || raw.staged || raw.filesFrom !== undefined;
  const paths = selects || named.length === 0 ? await selectPaths(session, named, raw) : named;
  // Recipes are Python; what a change has beside it is `check`'s business.
  const asked = paths.filter((path) => !selects || !isBeside(path)).map(parseAsked);
  const prepared = await prepare(session, [...new Set(asked.map(({ path }) => path))], raw);
  const selection = selectionOf(asked, prepared);
  const streams = selection.every((one) => one.function === null) ? writerFor(session, raw) : null;
  const explained = { raw, selection, prepared, paths: named };
  const summary = streams
    ? await explainStreaming(session, explained, await streams)
    : await explainWhole(session, explained);
  return exitCodeOf(summary, prepared);
}

interface Request extends ExplainRequest {
  /** As they were given on the command line. */
  readonly paths: readonly string[];
}

/** What is told when the recipes have been. */
interface Summary extends Omit<ExplainReport, "recipes"> {
  readonly recipes: number;
  readonly files: number;
}

/** Writes of each recipe as soon as it is understood: a large repository never is in memory as a whole. */
async function explainStreaming(session: Session, request: Request, writer: ExplainWriter): Promise<Summary> {
  const { raw, prepared } = request;
  const { project } = prepared;
  const progress = await startProgress(session.host, raw.quiet ?? false);
  const result = openResult(session, raw);
  const files = new Set<string>();
  let recipes = 0;
  tell(session, raw, bridgeText(project.input.bridge));
  result.write(writer.start(project.input.bridge));
  const rest = await explainEach(session, request, {
    recipe: (variants) => {
      recipes += 1;
      for (const { file } of variants) files.add(file);
      result.write(writer.recipe(variants));
    },
    progress: progress.update,
    ready: () => result.ready(),
  }).finally(() => progress.stop());
  const whole = withSetAside(rest, prepared);
  result.write(writer.end(whole));
  await result.end();
  const summary = { ...whole, recipes, files: files.size };
  tellSummary(session, raw, { summary, prepared });
  return summary;
}

/** For formats that need all recipes at once, and where a function or knob was named that may not be there. */
async function explainWhole(session: Session, request: Request): Promise<Summary> {
  const { raw, selection, prepared, paths } = request;
  const progress = await startProgress(session.host, raw.quiet ?? false);
  const recipes: RecipeReport[] = [];
  const rest = await explainEach(session, request, {
    recipe: (variants) => recipes.push(...variants),
    progress: progress.update,
  }).finally(() => progress.stop());
  const found = { ...rest, recipes };
  await requireFunctions(selection, found, prepared);
  requireKnob(found, raw, paths);
  const report = { ...found, ...withSetAside(found, prepared) };
  tell(session, raw, bridgeText(report.bridge));
  await give(session, raw, await renderExplain(session, raw, { report, shown: shownOf(raw), paths }));
  const names = new Set(recipes.map((recipe) => `${recipe.module}.${recipe.function}`));
  const files = new Set(recipes.map(({ file }) => file));
  const summary = { ...report, recipes: names.size, files: files.size };
  tellSummary(session, raw, { summary, prepared });
  return summary;
}

/** Files that the engine was not shown are skipped, with the reason. */
function withSetAside(
  { skipped, ...rest }: Omit<ExplainReport, "recipes">,
  { project }: Preparation,
): Omit<ExplainReport, "recipes"> {
  const aside = project.setAside.flatMap(({ path, reason }) =>
    reason === null ? [] : [{ file: path, reason }],
  );
  return { ...rest, skipped: [...skipped, ...aside].sort((a, b) => comparePaths(a.file, b.file)) };
}

function tellSummary(
  session: Session,
  raw: RawOptions,
  { summary, prepared }: { summary: Summary; prepared: Preparation },
): void {
  tellFailures(session, raw, unanswered(summary, prepared));
  for (const { file, reason } of summary.lost ?? [])
    tell(session, raw, `${reason.startsWith(`${file}:`) ? "" : `${file}: `}${reason}\n`);
  const explained = `${plural(summary.recipes, "recipe")} in ${plural(summary.files, "file")}`;
  const unexplained = summary.unexplained?.length
    ? [`${unexplainedCount(summary.unexplained)} not explained`]
    : [];
  const skipped = `${plural(summary.skipped.length, "file")} skipped`;
  const source = summary.bridge.recipesFromCatalog ? "; Bridge's own recipes are read from the catalog" : "";
  if (summary.recipes + (summary.unexplained?.length ?? 0) + summary.skipped.length === 0)
    tell(session, raw, NOTHING_THERE);
  tell(session, raw, `${[explained, ...unexplained, skipped].join(", ")}${source}\n`);
}

const NOTHING_THERE = `No recipe is there: nothing returns a ConfigContainer or launches one.
A function that changes one that it is given is explained where it is named: PATH::FUNCTION.
`;

/** The format's writer, where it writes recipe by recipe; a knob that no recipe has is found out only at the end. */
function writerFor(session: Session, raw: RawOptions): Promise<ExplainWriter> | null {
  if (raw.knob !== undefined) return null;
  return explainWriter(session, raw, shownOf(raw));
}

function shownOf({ all, onlySurprises, knob }: RawOptions): Shown {
  if (knob !== undefined) return { knob };
  if (onlySurprises) return "surprises";
  return all ? "all" : "interest";
}

/** @throws {Problem} for options that say different things, and for a knob that no recipe has. */
function checkShown({ all, onlySurprises, knob }: RawOptions): void {
  const given = [all && "--all", onlySurprises && "--only-surprises", knob !== undefined && "--knob"];
  const [first, second] = given.filter((one) => typeof one === "string");
  if (first !== undefined && second !== undefined)
    throw new Problem(`${first} and ${second} exclude each other`, { next: "leave one of them out" });
}

/** What could not be read; where nothing at all was explained, everything that was skipped. */
function unanswered({ recipes, skipped }: Summary, { project }: Preparation): Failure[] {
  const failed = project.setAside.filter(({ outcome }) => outcome === "failed");
  return recipes === 0 && skipped.length > 0
    ? skipped.map(({ file, reason }) => ({ path: file, reason }))
    : failed;
}

/** 0 whenever there was an answer; 2 when input could not be read. */
function exitCodeOf(summary: Summary, prepared: Preparation): number {
  return unanswered(summary, prepared).length > 0 ? exitCodes.misuse : exitCodes.clean;
}
