import { setImmediate } from "node:timers/promises";
import { examineAnchors } from "./anchors/examine.ts";
import { catalogEdition, catalogVersions, loadCatalog } from "./bridge/catalog.ts";
import type { CodemodSet, NamedCodemod } from "./codemod.ts";
import { DIRECTIVE_PREFIX } from "./directives.ts";
import type { Examination } from "./diagnosis.ts";
import { explain as explainRecipes, type ExplainSink, type Selection } from "./explain.ts";
import { launchOutcomes } from "./launch-outcomes.ts";
import { mentionsLaunch } from "./launch/read.ts";
import { migrate } from "./migrate.ts";
import type { Chooser, ExplainReport, RecipeReport, ReviewReport, RunReport } from "./outcome.ts";
import type { Policy, ScenarioRequest } from "./policy.ts";
import { streamRecipes } from "./recipe-stream.ts";
import { openProject, type ChangeInput, type ProjectInput } from "./project.ts";
import type { PythonParser } from "./python/parsed-text.ts";
import { loadPythonParser } from "./python/parser.ts";
import { review as reviewChange } from "./review/review.ts";
import { readCodemods } from "./workspace/codemod-folders.ts";
import { withAhead } from "./workspace/parse-ahead.ts";
import { nearestName } from "./workspace/suggest.ts";

type OnProgress = (done: number, total: number) => void;

/** Runs codemods over a project and returns texts, outcomes and proofs; writes nothing. */
export function run(
  input: ProjectInput,
  names: readonly string[],
  policy: Policy,
  onProgress?: OnProgress,
): Promise<RunReport> {
  return runWith(input, names, { policy, onProgress });
}

/** The same, with a say in which of the proved fixes are applied. */
export function runChoosing(
  input: ProjectInput,
  names: readonly string[],
  policy: Policy,
  choose: Chooser,
): Promise<RunReport> {
  return runWith(input, names, { policy, choose });
}

async function runWith(
  input: ProjectInput,
  names: readonly string[],
  { policy, onProgress, choose }: { policy: Policy; onProgress?: OnProgress | undefined; choose?: Chooser },
): Promise<RunReport> {
  const [parser, catalog, known] = await Promise.all([
    parserFor(policy),
    loadCatalog(input.bridge.version),
    loadCodemods(),
  ]);
  const codemods = known.filter((codemod) => names.includes(codemod.name));
  const comments = { known: known.map(({ name }) => name), nearest: nearestName };
  const report = await migrate(openProject(input, parser), {
    codemods,
    policy: { ...policy, scenarios: provedFor(policy.scenarios) },
    catalog,
    comments,
    onProgress: async (done, total) => {
      onProgress?.(done, total);
      await setImmediate();
    },
    ...(choose && { choose }),
  });
  const beside = await launchOutcomes(input.launchFiles ?? [], {
    codemods,
    comments,
    version: catalog.version,
  });
  return { ...report, files: [...report.files, ...beside] };
}

/** A proof for automatic sizes holds without data parallelism, too. */
function provedFor(scenarios: ScenarioRequest): ScenarioRequest {
  return scenarios.worldSize === "auto" ? { ...scenarios, worldSize: null } : scenarios;
}

/** What the recipes declare and what Bridge makes of it, for DP 8 unless sizes are asked for. */
export async function explain(
  input: ProjectInput,
  selection: readonly Selection[],
  policy: Policy,
  onProgress?: OnProgress,
): Promise<ExplainReport> {
  const recipes: RecipeReport[] = [];
  const rest = await explainEach(input, selection, policy, {
    recipe: (variants) => recipes.push(...variants),
    ...(onProgress && { progress: onProgress }),
  });
  return { ...rest, recipes };
}

/** The same, recipe by recipe: nothing is kept of one when the next comes. */
export async function explainEach(
  input: ProjectInput,
  selection: readonly Selection[],
  policy: Policy,
  sink: ExplainSink,
): Promise<Omit<ExplainReport, "recipes">> {
  const [parser, catalog] = await Promise.all([parserFor(policy), loadCatalog(input.bridge.version)]);
  const scenarios = { ...policy.scenarios, worldSize: policy.scenarios.worldSize ?? ("auto" as const) };
  const files = new Set(selection.map(({ path }) => path));
  const stream = streamRecipes(
    openProject(input, parser),
    { catalog, scenarios },
    {
      module: ({ path }) => files.has(path),
      helpers: ({ path }) => selection.some((one) => one.path === path && one.function !== null),
    },
  );
  const told = await explainRecipes(stream, selection, {
    ...sink,
    ready: async () => {
      await setImmediate();
      await sink.ready?.();
    },
  });
  const isFromCatalog = stream.usesCatalogRecipes();
  return { ...told, bridge: { ...input.bridge, ...(isFromCatalog && { recipesFromCatalog: true }) } };
}

/** What a catalog was extracted from, and whether Bridge's source, if it is at hand, is as our model of it assumes. */
export async function examine({
  library,
  bridge,
}: Pick<ProjectInput, "bridge" | "library">): Promise<Examination> {
  const { version, core, source, load } = catalogEdition(bridge.version);
  const catalog = { version, core, source };
  if (library.length === 0) return { catalog, anchors: [] };
  const [parser, { default: data }] = await Promise.all([loadPythonParser(), load()]);
  return { catalog, anchors: examineAnchors({ library, catalog: data, parser }) };
}

/** What a change does to every recipe. */
export async function review(
  input: ChangeInput,
  names: readonly string[],
  policy: Policy,
): Promise<ReviewReport> {
  const [parser, before, after, known] = await Promise.all([
    parserFor(policy),
    loadCatalog(input.before.bridge.version),
    loadCatalog(input.after.bridge.version),
    loadCodemods(),
  ]);
  const codemods = known.filter((codemod) => names.includes(codemod.name));
  return reviewChange(input, { parser, catalogs: { before, after }, codemods, scenarios: policy.scenarios });
}

async function parserFor({ threads }: Policy): Promise<PythonParser> {
  return withAhead(await loadPythonParser(), threads);
}

export interface CodemodInfo {
  readonly name: string;
  readonly summary: string;
  readonly set: CodemodSet;
  readonly readme: string;
}

/** Every codemod with its documentation, in the order of names. */
export async function codemods(): Promise<readonly CodemodInfo[]> {
  const folders = await readCodemods();
  return folders.map(({ name, codemod, readme }) => ({
    name,
    set: codemod.set,
    readme,
    summary: summaryOf(readme),
  }));
}

async function loadCodemods(): Promise<readonly NamedCodemod[]> {
  return (await readCodemods()).map(({ name, codemod }) => ({ ...codemod, name }));
}

/** The first paragraph below the title. */
function summaryOf(readme: string): string {
  const paragraphs = readme.split(/\r?\n\s*\r?\n/).map((paragraph) => paragraph.trim());
  return (
    paragraphs.find((paragraph) => paragraph !== "" && !paragraph.startsWith("#"))?.replace(/\s+/g, " ") ?? ""
  );
}

/** Bridge versions with a catalog, oldest first. */
export function versions(): readonly string[] {
  return catalogVersions();
}

const TERMS = [
  "ConfigContainer",
  "megatron.bridge",
  "DistributedDataParallelConfig",
  "OptimizerConfig",
  // A launch script may take it from beside itself.
  "PerfEnvPlugin",
  DIRECTIVE_PREFIX,
];

export { mentionsLaunch };

/** Whether a file can matter at all; cheap enough to ask of every file of a repository. */
export function mentionsRecipes(bytes: Buffer | string): boolean {
  return TERMS.some((term) => bytes.includes(term));
}
