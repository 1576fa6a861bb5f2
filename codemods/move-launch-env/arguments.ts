import {
  edits as edit,
  launch,
  type Argument,
  type Call,
  type Edit,
  type Finding,
  type RaisedSite,
  type RecipeFile,
} from "../../src/index.ts";
import { factsSoFar, objection } from "./facts.ts";
import { callsIn, lastName, type FoundCall } from "./calls.ts";
import { holderAt } from "./holder.ts";
import { adviceFor, passToPlugin } from "./plugin.ts";
import { putSettings } from "./put.ts";
import { envKnobs, settingsFor, shownSettings, variablesOf, type Setting } from "./settings.ts";

/** `CommOverlapConfig(cuda_device_max_connections=1)`: no such fields, so a TypeError as soon as it runs. */
export function* overlapArguments(file: RecipeFile): Generator<Finding> {
  for (const found of callsIn(file.source)) {
    if (!isOverlapConfig(file, found.call)) continue;
    const args = found.call.args.filter(({ name }) => variablesOf(name).length > 0);
    const [first] = args;
    if (!first) continue;
    const { text } = file;
    const settings = args.flatMap((arg) =>
      settingsFor(arg.name ?? "", {
        value: arg.value,
        text,
        comment: edit.argumentComment(text, found.call, arg),
      }),
    );
    yield findingFor(file, { ...found, args, settings });
  }
}

interface Misplaced extends FoundCall {
  readonly args: readonly Argument[];
  readonly settings: readonly Setting[];
}

function findingFor(file: RecipeFile, found: Misplaced): Finding {
  const names = found.args.map(({ name }) => name ?? "").join(", ");
  const { start, end } = found.args[0] ?? found.call;
  const base = { rule: "launch-argument", severity: "warning", span: { start, end }, fix: null } as const;
  const raised = file.raised.find((site) => isAbout(site, found));
  const raises = raised ? `raises today (${raised.error.type})` : "raises a TypeError as soon as it runs";
  const why = `CommOverlapConfig has no field ${names}, so this ${raises}.`;
  if (!raised || file.intent === "report") {
    return { ...base, message: `${why} ${adviceFor(file, found.settings)}` };
  }
  const mended = mend(file, found, raised);
  if (typeof mended === "string") return { ...base, message: `${why} It is left for you: ${mended}.` };
  const recipes = [...new Set(raised.uses.map(({ recipe }) => recipe.name))];
  const knobs = ["model.tp_comm_overlap", ...mended.knobs];
  const claims = recipes.flatMap((recipe) => knobs.map((knob) => ({ recipe, knob })));
  const fix = { edits: mended.edits, claims, recipes, knobs };
  return { ...base, message: `${why} ${mended.how}`, fix };
}

function isAbout({ stmt, error }: RaisedSite, { args, call }: Misplaced): boolean {
  const isHere = stmt.start <= call.start && call.end <= stmt.end;
  return (
    isHere && error.type === "TypeError" && args.some(({ name }) => error.message.includes(`'${name ?? ""}'`))
  );
}

interface Mended {
  readonly edits: readonly Edit[];
  readonly knobs: readonly string[];
  readonly how: string;
}

/** Takes the arguments out and puts what they mean where this version of Bridge reads it; a text says why not. */
function mend(file: RecipeFile, found: Misplaced, raised: RaisedSite): Mended | string {
  const { settings } = found;
  const remove = (comment: "keep" | "drop") =>
    edit.removeArguments(file.text, found.call, found.args, { comment });
  if (launch.launchMechanism(file.analysis.catalog) !== "env_vars") {
    const passed = passToPlugin(file, settings);
    if (typeof passed === "string") return passed;
    return { ...passed, edits: [...remove("keep"), ...passed.edits], knobs: [] };
  }
  const recipes = raised.uses.map((use) => ({ name: use.recipe.name, facts: factsSoFar(file, use) }));
  const against = objection(file, settings, recipes);
  if (against !== null) return against;
  const vars = raised.uses[0]?.scope.vars ?? new Map<string, never>();
  const spot = { func: found.func, stmt: found.stmt, vars };
  const holder = holderAt(file, spot);
  if (!holder) {
    return `there is no name for the container here. Set ${shownSettings(settings)} in cfg.env_vars of the recipes that call it`;
  }
  const put = putSettings(file, { spot, holder, replaces: false }, settings);
  if (typeof put === "string") return put;
  const how = `env_vars sets ${shownSettings(settings)} before CUDA starts, unless the shell has set it.`;
  const removed = remove(put.carries ? "drop" : "keep");
  return { edits: [...removed, ...put.edits], knobs: envKnobs(settings), how };
}

function isOverlapConfig(file: RecipeFile, { func }: Call): boolean {
  const name = lastName(func);
  if (name === null || (func.kind === "Attribute" && name !== "CommOverlapConfig")) return false;
  if (func.kind === "Attribute") return true;
  const from = file.importedFrom(name);
  return (
    from !== null &&
    from.startsWith("megatron.") &&
    (name === "CommOverlapConfig" || from.endsWith(".comm_overlap"))
  );
}
