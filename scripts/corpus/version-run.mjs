// `review` of a project that raises Bridge from the version before: what it says of each side is what the oracle says.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cachedPairs, packagesOf, ROOT } from "./cache.mjs";
import { describeRecords, isInput, KNOB_SETS, valueAt } from "./knobs.mjs";
import { evaluateTree, readRecords } from "./oracle.mjs";
import { isEvaluated } from "./recipes.mjs";
import { commitAll, explainIn, reviewIn } from "./review-run.mjs";
import { judge, show } from "./values.mjs";

/** What is installed decides the first, of which we say nothing; the second is read only where deferral is on. */
const NOT_TOLD = new Set(["model.gradient_accumulation_fusion", "model.wgrad_deferral_limit"]);

/** Reviews the step from the version before, and records what held; answers how many recipes were compared. */
export async function testVersionStep(job) {
  const pairs = cachedPairs();
  const previous = pairs[pairs.findIndex(({ bridge }) => bridge === job.bridge) + 1];
  if (previous === undefined) return 0;
  const place = `${previous.bridge} to ${job.bridge}`;
  const folder = join(job.folder, "step");
  await mkdir(join(folder, "recipes"), { recursive: true });
  const [bridge, core] = packagesOf(previous);
  const older = await job.gate(() =>
    evaluateTree({ bridge: bridge.folder, core: core.folder, folder, label: "older" }),
  );
  const before = await readRecords(older.auto);
  const after = await readRecords(job.before.auto);
  const wrapped = await writeProject(folder, [previous.bridge, job.bridge]);
  const { report } = await job.gate(() => reviewIn({ cli: job.cli, root: folder, args: ["HEAD"] }));
  const ours = [];
  for (const version of [previous.bridge, job.bridge]) ours.push(await valuesIn(job, folder, version));
  const { recipes, values, wrong, missed } = compare({ report, wrapped, before, after, ours });
  job.checks.hold(place, "review and the oracle have values in common", values > 0 ? [] : ["none"]);
  job.checks.hold(place, "review's values are those of each version", wrong);
  job.checks.hold(place, "review sees what differs between the versions", missed);
  job.progress(`${place} review: ${recipes} recipes, ${values} values; ${report.risk}`);
  return recipes;
}

/** What each recipe of the project runs with under one version of Bridge. */
async function valuesIn({ cli, gate }, root, version) {
  const args = ["recipes", "--bridge", version, "--all"];
  const { report } = await gate(() => explainIn({ cli, root, args }));
  return new Map(report.recipes.map(({ module, function: name, knobs }) => [`${module}.${name}`, knobs]));
}

/** A recipe of the project's own for every one that both versions have under the same path; by its name, both originals. */
async function writeProject(root, versions) {
  const [older, newer] = await Promise.all(versions.map(readPublicRecipes));
  const shared = [...older.keys()].filter((path) => newer.has(path)).sort();
  const wrapped = new Map();
  for (const [index, path] of shared.entries()) {
    const dot = path.lastIndexOf(".");
    const lines = [
      `from ${path.slice(0, dot)} import ${path.slice(dot + 1)} as original`,
      "from megatron.bridge.training.config import ConfigContainer\n\n",
      `def own${index}_config() -> ConfigContainer:\n    return original()\n`,
    ];
    await writeFile(join(root, "recipes", `own${index}.py`), lines.join("\n"));
    wrapped.set(`recipes.own${index}.own${index}_config`, [older.get(path), newer.get(path)]);
  }
  await writeFile(join(root, "recipes", "__init__.py"), "");
  await writeFile(join(root, "requirements.txt"), `megatron-bridge==${versions[0]}\n`);
  await commitAll(root);
  await writeFile(join(root, "requirements.txt"), `megatron-bridge==${versions[1]}\n`);
  return wrapped;
}

async function readPublicRecipes(version) {
  const file = join(ROOT, "src", "bridge", "catalog", "data", `${version}.json`);
  const { aliases, functions } = JSON.parse(await readFile(file, "utf8"));
  const paths = [...Object.keys(functions).map((path) => [path, path]), ...Object.entries(aliases)];
  return new Map(
    paths.filter(([path, at]) => at in functions && /^megatron\.bridge\.recipes\..*config$/.test(path)),
  );
}

function compare({ report, wrapped, before, after, ours }) {
  const described = [before, after].map(describeRecords);
  const effectsOf = new Map(report.recipes.map(({ recipe, effects }) => [recipe, effects]));
  const found = { recipes: 0, values: 0, wrong: [], missed: [] };
  for (const [name, [oldPath, newPath]] of wrapped) {
    const stages = [before[oldPath]?.effective, after[newPath]?.effective];
    if (!stages.every((stage) => stage !== undefined && isEvaluated(stage))) continue;
    found.recipes += 1;
    const effects = (effectsOf.get(name) ?? []).filter(({ scenario }) => scenario === undefined);
    found.values += effects.filter(({ knob }) =>
      stages.some((stage) => valueAt(stage, knob) !== undefined),
    ).length;
    found.wrong.push(...effects.flatMap((effect) => wrongIn(newPath, effect, stages)));
    const told = new Set(effects.map(({ knob }) => knob));
    for (const knob of KNOB_SETS.tables(stages[0], described[0])) {
      const [old, now] = stages.map((stage) => valueAt(stage, knob));
      if (old === undefined || now === undefined || isInput(knob) || NOT_TOLD.has(knob) || told.has(knob))
        continue;
      if (show(old) === show(now) || isAccountedFor(name, knob, { ours, theirs: [old, now] })) continue;
      found.missed.push(`${newPath} ${knob}: ${show(old)} → ${show(now)}`);
    }
  }
  return found;
}

/**
 * What is unknown to us on one side is no effect. The oracle shows a plan by its name or by what it holds, as the version
 * has it: the one cannot be compared with the other.
 */
function isAccountedFor(name, knob, { ours, theirs }) {
  const named = theirs.filter((value) => value?.preset !== undefined);
  const held = theirs.filter((value) => value?.preset === undefined && value?.fc1_fprop !== undefined);
  if (named.length === 1 && held.length === 1) return true;
  const known = ours.map((of) => of.get(name)?.[knob]?.effective);
  return known.some((value, side) => value !== undefined && judge(value, theirs[side]) === "unknown");
}

/** The oracle's objects lack some fields of the real classes: of those it says nothing. */
function wrongIn(path, { knob, before, after }, stages) {
  return [before, after].flatMap((ours, side) => {
    const theirs = valueAt(stages[side], knob);
    if (theirs === undefined || judge(ours, theirs) !== "wrong") return [];
    return [`${path} ${knob}: ${show(ours)}, and ${show(theirs)} by the oracle`];
  });
}
