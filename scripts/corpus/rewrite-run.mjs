// One version under one intent: `check`, `migrate`, `migrate` again, and the oracle before and after.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { runBridgemod, SOURCES } from "./bridgemod.mjs";
import { appliedFixes, collectClaims, holdClaims } from "./claims.mjs";
import { unexplainedHunks } from "./hunks.mjs";
import { deadOverlap } from "./overlap.mjs";
import { compareRecords, evaluateTree, readRecords, WORLDS } from "./oracle.mjs";
import { disagreements, expectedExit, failedFiles, miscounts, unprovenWrites } from "./outcomes.mjs";
import { run } from "./process.mjs";
import { asRun, reviewRewrite } from "./review-run.mjs";
import { testUpstream } from "./upstream.mjs";
import { copyTree, differingPaths, pythonPaths, readTree } from "./tree.mjs";

/** Rewrites a fresh copy of a package and records what held; answers the figures for the table. */
export async function testRewrites(job, variant) {
  const place = `${job.bridge} ${variant.name}`;
  const folder = join(job.folder, variant.name);
  const sources = join(folder, SOURCES);
  await mkdir(folder);
  await copyTree(job.package, sources);
  const setting = {
    ...job,
    place,
    folder,
    sources,
    variant,
    hold: (name, lines) => job.checks.hold(place, name, lines),
  };
  const original = await readTree(sources);
  const check = variant.unchecked ? undefined : await command("check", setting, "check.json");
  if (check) setting.hold("check writes nothing", differingPaths(original, await readTree(sources)));
  const migrate = await command("migrate", setting, "migrate.json");
  const rewritten = await readTree(sources);
  if (check) setting.hold("check says what migrate does", disagreements(check, migrate));
  await holdRepeat({ first: migrate, rewritten }, setting);
  const changed = await holdFiles({ report: migrate, original, rewritten }, setting);
  const effects = await holdEffects({ report: migrate, changed }, setting);
  const upstream = variant.widest && job.isNewest && job.checkout ? await testUpstream(setting) : undefined;
  return { changed: changed.length, fixes: appliedFixes(migrate).length, ...effects, upstream };
}

async function command(name, setting, file) {
  const { cli, bridge, folder, variant, extra, gate, progress, place } = setting;
  const options = [...variant.options, ...extra, ...(name === "migrate" ? ["--allow-dirty"] : [])];
  const target = { cli, workspace: folder, bridge, outputFile: join(folder, file) };
  const answer = await gate(() => runBridgemod(name, options, target));
  const { changed, unchanged, skipped, failed } = answer.output.counts;
  const counts = `${changed} changed, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed`;
  const label = file.replace(".json", "");
  progress(`${place} ${label}: ${counts} in ${answer.seconds.toFixed(1)} s`);
  holdAnswer({ name, label, answer }, setting);
  return answer.output;
}

function holdAnswer({ name, label, answer }, { hold }) {
  const { output: report, code, said } = answer;
  const expected = expectedExit(name, report);
  const fits = expected === undefined || code === expected;
  hold(
    `${label} ends with its exit code`,
    fits ? [] : [`${code}, expected ${expected}; it said:`, ...said.split("\n")],
  );
  hold(`${label}: no file failed`, failedFiles(report));
  hold(`${label}: every written fix is proven`, unprovenWrites(report));
}

/** Migrates once more; where the first run changed nothing, it was that already. */
async function holdRepeat({ first, rewritten }, setting) {
  if (first.counts.changed === 0) return;
  const { counts } = await command("migrate", setting, "again.json");
  const counted = counts.changed === 0 ? [] : [`${counts.changed} files counted as changed`];
  const differing = differingPaths(rewritten, await readTree(setting.sources));
  setting.hold("a second run changes nothing", [...counted, ...differing]);
}

/** The checks of single files; answers the paths that changed. */
async function holdFiles({ report, original, rewritten }, setting) {
  const { hold } = setting;
  hold(
    "counts add up",
    miscounts(
      report,
      pythonPaths(original).map((path) => `${SOURCES}/${path}`),
    ),
  );
  const changed = differingPaths(original, rewritten);
  const told = report.files
    .filter((file) => file.outcome === "changed")
    .map((file) => file.path.slice(SOURCES.length + 1));
  hold("the files reported as changed are those that changed", [
    ...changed.filter((path) => !told.includes(path)).map((path) => `${path}: changed, but not reported`),
    ...told.filter((path) => !changed.includes(path)).map((path) => `${path}: reported, but the same bytes`),
  ]);
  const seen = await inspect(changed, setting);
  const named = (key) =>
    Object.entries(seen).flatMap(([path, found]) =>
      [found[key] ?? []].flat().map((text) => `${path}: ${text}`),
    );
  hold("every changed file compiles", named("error"));
  hold("no comment is lost", named("lostComments"));
  hold(
    "every hunk is explained",
    changed.flatMap((path) => {
      const { fixes } = report.files.find((file) => file.path === `${SOURCES}/${path}`) ?? { fixes: [] };
      const sides = { before: String(original.get(path)), after: String(rewritten.get(path)) };
      return unexplainedHunks({ path, ...sides, fixes, imports: seen[path].imports });
    }),
  );
  return changed;
}

async function inspect(paths, setting) {
  if (paths.length === 0) return {};
  const args = [join(import.meta.dirname, "inspect_python.py"), setting.package, setting.sources];
  const { code, stdout, stderr } = await setting.gate(() =>
    run("python3", args, { input: JSON.stringify(paths) }),
  );
  if (code !== 0) throw new Error(`inspect_python.py ended with exit code ${code}: ${stderr.trim()}`);
  return JSON.parse(stdout);
}

/** The oracle, before and after, in both worlds. A tree that did not change needs no second look. */
async function holdEffects({ report, changed }, setting) {
  const { before, core, folder, sources, gate, progress, place, variant } = setting;
  const after =
    changed.length === 0
      ? before
      : await gate(() => evaluateTree({ bridge: sources, core, folder, label: "after" }));
  const sums = { differences: 0, matched: 0, unseen: 0 };
  const reviewed = variant.widest && changed.length > 0 ? await review(setting) : null;
  for (const world of WORLDS) {
    const rows = changed.length === 0 ? {} : await gate(() => compareRecords(before[world], after[world]));
    const records = { before: await readRecords(before[world]), after: await readRecords(after[world]) };
    const result = holdClaims({ claims: collectClaims(report, world), rows, ...records });
    holdWorld({ world, result }, setting);
    if (setting.variant.overlaps && world === "auto")
      setting.hold("the overlap that was added really runs", deadOverlap(report, records.after));
    if (reviewed) holdReview({ world, reviewed, rows, records }, setting);
    for (const key of Object.keys(sums)) sums[key] += result.counts[key];
  }
  progress(
    `${place} oracle: ${sums.differences} effective differences, ${sums.matched} claims match, ${sums.unseen} out of its sight`,
  );
  return sums;
}

async function review(setting) {
  const { report, seconds } = await setting.gate(() => reviewRewrite(setting));
  setting.progress(`${setting.place} review: ${report.risk} in ${seconds.toFixed(1)} s`);
  return report;
}

/** What a review says of the same change, told by nobody what migrate had claimed. */
export function holdReview({ world, reviewed, rows, records }, { hold }) {
  const label = world === "single" ? "at DP 1" : "at DP 8";
  const { unclaimed, unreal, counts } = holdClaims({
    claims: collectClaims(asRun(reviewed), world),
    rows,
    ...records,
  });
  hold(`review sees every effective difference ${label}`, unclaimed);
  hold(`review sees no other ${label}`, unreal);
  return counts;
}

function holdWorld({ world, result }, { hold, variant }) {
  const label = world === "single" ? "at DP 1" : "at DP 8";
  hold(`every recipe still evaluates ${label}`, result.stopped);
  if (variant.preserving) hold(`nothing that runs changes ${label}`, result.differences);
  hold(`every effective difference is claimed ${label}`, result.unclaimed);
  hold(`every claim is real ${label}`, result.unreal);
}
