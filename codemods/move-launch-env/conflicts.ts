import { launch, type Finding, type RecipeFile, type RunningRecipe, type Site } from "../../src/index.ts";
import { environmentsIn } from "./environments.ts";
import { runningFacts } from "./facts.ts";

/** Numbers of connections in `env_vars` that are wrong for a recipe, or not what one of its kind has. */
export function* launchConflicts(file: RecipeFile): Generator<Finding> {
  const told = new Set<string>();
  for (const { site, finding } of judged(file)) {
    const key = `${site.start} ${finding.rule}`;
    if (!told.has(key)) yield finding;
    told.add(key);
  }
}

function* judged(file: RecipeFile): Generator<{ site: Site; finding: Finding }> {
  for (const { recipe, site, value } of environmentsIn(file).connections) {
    const found = judge(file, recipe, value);
    if (found) yield { site, finding: { ...found, span: { start: site.start, end: site.end }, fix: null } };
  }
}

function judge(
  file: RecipeFile,
  { name, effective }: RunningRecipe,
  value: unknown,
): Pick<Finding, "rule" | "severity" | "message"> | null {
  const facts = runningFacts(file, name, effective);
  const [conflict] = launch.conflictsWith(value, facts, file.analysis.catalog.version);
  if (conflict) {
    const message = `${launch.CONNECTIONS} is 1 in ${name}, and ${conflict.why}: ${conflict.instead}.`;
    return { rule: "launch-conflict", severity: conflict.fatal ? "error" : "warning", message };
  }
  const wanted = launch.connectionsFor(facts, "env_vars");
  if (wanted?.value !== 1 || Number(value) === 1) return null;
  const message = `${launch.CONNECTIONS} is ${String(value)} in ${name}. For ${wanted.why}, Bridge's launcher takes 1.`;
  return { rule: "launch-number", severity: "info", message };
}
