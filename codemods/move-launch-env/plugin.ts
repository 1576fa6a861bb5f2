import {
  edits as edit,
  launch,
  type Argument,
  type Call,
  type Edit,
  type Finding,
  type RecipeFile,
} from "../../src/index.ts";
import { callsIn, lastName } from "./calls.ts";
import { shownSettings, type Setting } from "./settings.ts";

/** The launcher's plugin where Bridge has it no longer: the import fails, and what it set is set by nobody. */
export function* removedPlugin(file: RecipeFile): Generator<Finding> {
  if (launch.launchMechanism(file.analysis.catalog) !== "env_vars") return;
  for (const call of pluginCalls(file)) {
    const message = `PerfEnvPlugin is gone since Bridge 0.6: ${file.importedFrom("PerfEnvPlugin") ?? "its module"} no longer has it. ${meaning(file, call)}`;
    const { start, end } = call;
    yield { rule: "removed-plugin", severity: "warning", span: { start, end }, message, fix: null };
  }
}

/** What the plugin was told, in terms of `env_vars`; what it worked out by itself is not invented here. */
function meaning(file: RecipeFile, call: Call): string {
  const given = (name: string) => {
    const value = call.args.find((arg) => arg.name === name)?.value;
    return value ? file.text.slice(value.start, value.end) : null;
  };
  const margin = given("enable_layernorm_sm_margin") === "False" ? null : given("layernorm_sm_margin");
  const told = margin === null ? [] : [`both of ${launch.LAYERNORM_MARGINS.join(", ")} to ${margin}`];
  const asked = ["tp_size", "cp_size", "pp_size", "a2a_overlap", "moe_a2a_overlap"].filter((name) =>
    given(name),
  );
  const derived =
    asked.length > 0
      ? ` What it made of ${asked.join(", ")} for ${launch.CONNECTIONS} depends on the GPU.`
      : "";
  const set = told.length > 0 ? `Set ${told.join("; ")} in cfg.env_vars of the recipe.` : "";
  return `${set || "Write in cfg.env_vars of the recipe what its process needs."}${derived}`;
}

/** Calls of the plugin that the file imports from Bridge, or from the launch scripts that came with it. */
function pluginCalls(file: RecipeFile): Call[] {
  const from = file.importedFrom(PLUGIN);
  const isBridges = from !== null && BRIDGES.test(from);
  if (!isBridges || file.analysis.project.host.find(from) !== null) return [];
  return callsOfPlugin(file.source);
}

const PLUGIN = "PerfEnvPlugin";

/** The modules that have the plugin: Bridge's own, and that of its launch scripts. */
const BRIDGES = /(?:^|\.)(?:run_plugins|perf_plugins)$/;

type Source = RecipeFile["source"];

function callsOfPlugin(source: Source): Call[] {
  return [...callsIn(source)].map(({ call }) => call).filter(({ func }) => lastName(func) === PLUGIN);
}

/** A call of the plugin, and the file that makes it. */
interface Launch {
  readonly source: Source;
  readonly call: Call;
}

/** Where a project launches its recipes: the file in hand if it does so, else every other one. */
function launchesFor(file: RecipeFile): Launch[] {
  const own = file.importedFrom(PLUGIN) === null ? [] : callsOfPlugin(file.source);
  if (own.length > 0) return own.map((call) => ({ source: file.source, call }));
  return file.analysis.project.modules
    .filter((source) => source.text.includes(`${PLUGIN}(`) && importsPlugin(source))
    .flatMap((source) => callsOfPlugin(source).map((call) => ({ source, call })));
}

function importsPlugin(source: Source): boolean {
  return source
    .parsed()
    .module.body.some((stmt) => stmt.kind === "ImportFrom" && stmt.names.some(({ name }) => name === PLUGIN));
}

interface Passed {
  readonly edits: readonly Edit[];
  readonly how: string;
}

/**
 * Gives the margin to the plugin of the same file; one of another file must have it already, since a fix is of one file.
 * The connections are the plugin's own business. A text says why not.
 */
export function passToPlugin(file: RecipeFile, settings: readonly Setting[]): Passed | string {
  const launches = launchesFor(file);
  const [first, ...others] = launches;
  if (!first)
    return "no recipe can say it in this version, and no file of this project makes a PerfEnvPlugin";
  const isHere = first.source === file.source;
  if (isHere && others.length > 0)
    return "no recipe can say it in this version, and this file makes more than one PerfEnvPlugin";
  const wantsConnections = settings.some(({ name }) => name === launch.CONNECTIONS);
  const untold = launches.find(({ call }) => !argument(call, "tp_size") && !argument(call, "cp_size"));
  if (wantsConnections && untold)
    return `PerfEnvPlugin${placeText(file, untold)} sets the connections by tp_size and cp_size, which it is not told`;
  const margin = settings.find(({ name }) => name !== launch.CONNECTIONS);
  const how = `PerfEnvPlugin${placeText(file, first)} sets the process up: it works out the connections by itself`;
  if (!margin) return { edits: [], how: `${how}.` };
  const lacking = launches.find(({ source, call }) => {
    const given = argument(call, MARGIN);
    return !given || source.text.slice(given.value.start, given.value.end) !== margin.source;
  });
  if (!lacking) return { edits: [], how: `${how}, and is told LayerNorm's margin.` };
  if (argument(lacking.call, MARGIN))
    return `PerfEnvPlugin${placeText(file, lacking)} has a layernorm_sm_margin already`;
  if (!isHere)
    return `pass ${MARGIN}=${margin.source} to PerfEnvPlugin${placeText(file, lacking)}, and run this again`;
  const edits = edit.addKeywords(file.text, first.call, [`${MARGIN}=${margin.source}`]);
  return { edits, how: `${how}, and LayerNorm's margin it is given.` };
}

const MARGIN = "layernorm_sm_margin";

function argument({ args }: Call, name: string): Argument | undefined {
  return args.find((arg) => arg.name === name);
}

/** ` (launch.py, line 12)` for another file; nothing for the one in hand. */
function placeText(file: RecipeFile, { source, call }: Launch): string {
  if (source === file.source) return "";
  const line = source.text.slice(0, call.start).split("\n").length;
  return ` (${source.path}, line ${String(line)})`;
}

/** Where settings belong in the project's version of Bridge. */
export function adviceFor(file: RecipeFile, settings: readonly Setting[]): string {
  const shown = shownSettings(settings);
  if (launch.launchMechanism(file.analysis.catalog) === "env_vars")
    return `They are environment variables of the process: set ${shown} in cfg.env_vars.`;
  return `They are environment variables of the process: set ${shown} where it is launched, by PerfEnvPlugin or the shell.`;
}
