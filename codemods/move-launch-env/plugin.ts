import {
  edits as edit,
  launch,
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
  const from = file.importedFrom("PerfEnvPlugin");
  const isBridges = from !== null && /(?:^|\.)(?:run_plugins|perf_plugins)$/.test(from);
  if (!isBridges || file.analysis.project.host.find(from) !== null) return [];
  return callsNamed(file, "PerfEnvPlugin");
}

function callsNamed(file: RecipeFile, name: string): Call[] {
  return [...callsIn(file)].map(({ call }) => call).filter(({ func }) => lastName(func) === name);
}

interface Passed {
  readonly edits: readonly Edit[];
  readonly how: string;
}

/** Gives the margin to the plugin of the same file; the connections are its own business. A text says why not. */
export function passToPlugin(file: RecipeFile, settings: readonly Setting[]): Passed | string {
  const [call, ...others] = callsNamed(file, "PerfEnvPlugin");
  if (!call || others.length > 0 || file.importedFrom("PerfEnvPlugin") === null) {
    return "no recipe can say it in this version, and this file makes no PerfEnvPlugin";
  }
  const has = (name: string) => call.args.some((arg) => arg.name === name);
  if (settings.some(({ name }) => name === launch.CONNECTIONS) && !has("tp_size") && !has("cp_size")) {
    return "PerfEnvPlugin sets the connections by tp_size and cp_size, which it is not told";
  }
  const [margin] = settings.filter(({ name }) => name !== launch.CONNECTIONS);
  const how = "PerfEnvPlugin sets the process up: it works out the connections by itself";
  if (!margin) return { edits: [], how: `${how}.` };
  if (has("layernorm_sm_margin")) return "PerfEnvPlugin has a layernorm_sm_margin already";
  const edits = edit.addKeywords(file.text, call, [`layernorm_sm_margin=${margin.source}`]);
  return { edits, how: `${how}, and LayerNorm's margin it is given.` };
}

/** Where settings belong in the project's version of Bridge. */
export function adviceFor(file: RecipeFile, settings: readonly Setting[]): string {
  const shown = shownSettings(settings);
  if (launch.launchMechanism(file.analysis.catalog) === "env_vars")
    return `They are environment variables of the process: set ${shown} in cfg.env_vars.`;
  return `They are environment variables of the process: set ${shown} where it is launched, by PerfEnvPlugin or the shell.`;
}
