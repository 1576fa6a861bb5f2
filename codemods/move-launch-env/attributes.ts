import {
  edits as edit,
  launch,
  writes,
  type Edit,
  type Finding,
  type KnobSite,
  type RecipeFile,
} from "../../src/index.ts";
import { objection, runningFacts } from "./facts.ts";
import { holderAt } from "./holder.ts";
import { adviceFor } from "./plugin.ts";
import { putSettings } from "./put.ts";
import { envKnobs, settingsFor, shownSettings, variablesOf, type Setting } from "./settings.ts";

/** `cfg.comm_overlap.cuda_device_max_connections = 1`: Python takes it, and nobody reads it. */
export function* overlapAttributes(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites) {
    if (site.section === "env_vars" || variablesOf(site.field).length === 0) continue;
    if (site.site.form === "attribute" && site.site.value) yield findingFor(file, site, site.site.value);
  }
}

function findingFor(
  file: RecipeFile,
  site: KnobSite,
  value: NonNullable<KnobSite["site"]["value"]>,
): Finding {
  const settings = settingsFor(site.field, {
    value,
    text: file.text,
    comment: edit.trailingComment(file.text, site.site.stmt),
  });
  const { start, end } = site.site;
  const base = { rule: "launch-attribute", severity: "warning", span: { start, end } } as const;
  const why = `${writes.shown(site)} has no effect: ${site.section} has no such field, and nothing reads it.`;
  const stuck = writes.removable(site);
  if (file.intent === "report" || stuck !== null) {
    return { ...base, message: `${why} ${adviceFor(file, settings)}`, fix: null };
  }
  const reach = { ...writes.reachOf([site]), knobs: envKnobs(settings) };
  if (file.intent === "preserve") {
    const edits = writes.removeSites(file, [site], { comment: "keep" });
    return {
      ...base,
      message: `${why} Deleting it changes nothing that runs.`,
      fix: { edits, claims: [], ...reach },
    };
  }
  const edits = move(file, site, settings);
  if (typeof edits === "string") {
    return {
      ...base,
      message: `${why} It is left for you: ${edits}.`,
      fix: null,
    };
  }
  const claims = writes.claimsFor(site, envKnobs(settings));
  const message = `${why} env_vars sets ${shownSettings(settings)} before CUDA starts, unless the shell has set it.`;
  return { ...base, message, fix: { edits, claims, ...reach } };
}

function move(file: RecipeFile, site: KnobSite, settings: readonly Setting[]): Edit[] | string {
  if (launch.launchMechanism(file.analysis.catalog) !== "env_vars")
    return `no recipe can say it in this version. ${adviceFor(file, settings).slice(0, -1)}`;
  const recipes = site.uses.map(({ recipe, effective }) => ({
    name: recipe.name,
    facts: runningFacts(file, recipe.name, effective),
  }));
  const against = objection(file, settings, recipes);
  if (against !== null) return against;
  const { func, stmt, scope } = site.site;
  const spot = { func: func?.kind === "FunctionDef" ? func : null, stmt, vars: scope.vars };
  const holder = holderAt(file, spot);
  if (!holder) return "there is no name for the container here";
  const put = putSettings(file, { spot, holder, replaces: true }, settings);
  return typeof put === "string" ? put : put.edits;
}
