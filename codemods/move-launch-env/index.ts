import { defineCodemod, launch, writes, type Finding, type RecipeFile } from "../../src/index.ts";
import { overlapArguments } from "./arguments.ts";
import { overlapAttributes } from "./attributes.ts";
import { processEnvironment } from "./environ.ts";
import { launchConflicts } from "./conflicts.ts";
import { launchedEnvironment } from "./launch.ts";
import { lostSettings } from "./lost.ts";
import { removedPlugin } from "./plugin.ts";
import { mentionsField, VARIABLES } from "./settings.ts";

export default defineCodemod({
  set: "recommended",
  // A recipe that raises today starts to run: that shows in whether TP overlap does.
  remit: ["env_vars.*", "model.tp_comm_overlap"],
  find: (file) => writes.withoutUnusedImports(file, [...findSettings(file)]),
  findInLaunch: launchedEnvironment,
});

function* findSettings(file: RecipeFile): Generator<Finding> {
  const { text } = file;
  if (mentionsField(text)) {
    yield* overlapArguments(file);
    yield* overlapAttributes(file);
  }
  const mentionsVariable = VARIABLES.some((name) => text.includes(name));
  if (mentionsVariable && /environ|putenv/.test(text)) yield* processEnvironment(file);
  if (text.includes("env_vars") && setsEnvVars(file)) {
    yield* lostSettings(file);
    if (text.includes(launch.CONNECTIONS)) yield* launchConflicts(file);
  }
  if (text.includes("PerfEnvPlugin")) yield* removedPlugin(file);
}

/** Whether the project's Bridge reads `env_vars`. */
function setsEnvVars({ analysis }: RecipeFile): boolean {
  return launch.launchMechanism(analysis.catalog) === "env_vars";
}
