import type { ExplainReport, UnexplainedFunction } from "../outcome.ts";
import { plural } from "../report/plural.ts";
import { Problem } from "../workspace/problem.ts";
import { nearestName, suggestName } from "../workspace/suggest.ts";
import type { Preparation } from "./analyse.ts";
import type { ExplainSelection } from "./engine.ts";
import type { RawOptions } from "./options.ts";

/** @throws {Problem} for a function that is no recipe of its file, or of none of the files that a pattern names. */
export async function requireFunctions(
  selection: readonly ExplainSelection[],
  report: ExplainReport,
  { engine, project, policy }: Preparation,
): Promise<void> {
  for (const { path, function: name } of selection) {
    if (name === null || report.skipped.some(({ file }) => file === path)) continue;
    const files = selection.filter((one) => one.function === name).map((one) => one.path);
    const isMeant = (one: { function: string; file: string }) =>
      one.function === name && files.includes(one.file);
    if (report.recipes.some(isMeant)) continue;
    const untold = report.unexplained?.find(isMeant);
    if (untold) throw untoldProblem(untold);
    const all = files.map((file) => ({ path: file, function: null }));
    const { recipes, unexplained = [] } = await engine.explain(project.input, all, policy);
    const names = [...new Set([...recipes, ...unexplained].map((one) => one.function))];
    throw new Problem(`no recipe is called ${JSON.stringify(name)}`, {
      place: files.length === 1 ? path : `${path} and ${plural(files.length - 1, "more file")}`,
      next: names.length === 0 ? NONE_THERE : suggestName(name, names),
    });
  }
}

const NONE_THERE = "no recipe is there at all; `bridgemod explain DIRECTORY` shows which files hold some";

function untoldProblem({ file, line, reason, ...one }: UnexplainedFunction): Problem {
  return new Problem(`${JSON.stringify(one.function)} cannot be explained: ${reason}`, {
    place: `${file}:${line}`,
    next: "mend what the reason names; of code outside of the project only Bridge's own is read, with --bridge DIR",
  });
}

/** @throws {Problem} for a knob that none of the recipes has. */
export function requireKnob(
  { recipes }: ExplainReport,
  { knob }: RawOptions,
  paths: readonly string[],
): void {
  if (knob === undefined || recipes.length === 0 || recipes.some(({ knobs }) => Object.hasOwn(knobs, knob)))
    return;
  const known = [...new Set(recipes.flatMap(({ knobs }) => Object.keys(knobs)))].sort();
  const section = knob.slice(0, knob.indexOf(".") + 1);
  const beside = known.filter((one) => section !== "" && one.startsWith(section));
  // All knobs of all sections fill a screen and help nobody.
  const sections = [...new Set(known.map((one) => `${one.split(".")[0] ?? one}.…`))];
  const next = nearestName(knob, known) === null ? (beside.length > 0 ? beside : sections) : known;
  const [place, ...others] = paths;
  throw new Problem(`no recipe has a knob ${JSON.stringify(knob)}`, {
    ...(place !== undefined && others.length === 0 && { place }),
    next: suggestName(knob, next),
  });
}
