// Edits by hand in the file that most recipes start from: `review`, and the oracle before and after.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SOURCES } from "./bridgemod.mjs";
import { compareRecords, evaluateTree, readRecords, WORLDS } from "./oracle.mjs";
import { reviewRewrite } from "./review-run.mjs";
import { holdReview } from "./rewrite-run.mjs";
import { copyTree } from "./tree.mjs";

const SHARED = "megatron/bridge/recipes/common.py";

/** Edits that look harmless where they stand; the first two change what recipes in other files run, the last nothing. */
const EDITS = [
  {
    name: "precision-goes",
    from: 'mixed_precision="bf16_mixed"',
    to: "mixed_precision=None",
    changes: true,
  },
  {
    name: "precision-is-another",
    from: 'mixed_precision="bf16_mixed"',
    to: 'mixed_precision="bf16_with_fp8_current_scaling_mixed"',
    changes: true,
  },
  {
    name: "overlap-goes",
    from: "overlap_param_gather=True",
    to: "overlap_param_gather=False",
    changes: false,
  },
];

/** Reviews every edit that a version has a place for, and records what held; answers how many there were. */
export async function testEdits(job) {
  const text = await readFile(join(job.package, SHARED), "utf8").catch(() => "");
  const edits = EDITS.filter(({ from }) => text.includes(from));
  for (const edit of edits) await testEdit(job, edit, text.replaceAll(edit.from, edit.to));
  return edits.length;
}

async function testEdit(job, { name, changes }, text) {
  const place = `${job.bridge} ${name}`;
  const folder = join(job.folder, name);
  const sources = join(folder, SOURCES);
  await mkdir(folder);
  await copyTree(job.package, sources);
  await writeFile(join(sources, SHARED), text);
  const setting = { ...job, folder, sources, hold: (what, lines) => job.checks.hold(place, what, lines) };
  const { report: reviewed, seconds } = await job.gate(() => reviewRewrite(setting));
  job.progress(`${place} review: ${reviewed.risk} in ${seconds.toFixed(1)} s`);
  const after = await job.gate(() =>
    evaluateTree({ bridge: sources, core: job.core, folder, label: "after" }),
  );
  let differences = 0;
  for (const world of WORLDS) {
    const rows = await job.gate(() => compareRecords(job.before[world], after[world]));
    const records = { before: await readRecords(job.before[world]), after: await readRecords(after[world]) };
    differences += holdReview({ world, reviewed, rows, records }, setting).differences;
  }
  const fits = differences > 0 === changes;
  setting.hold("the oracle sees what the edit is meant to do", fits ? [] : [`${differences} differences`]);
  job.progress(`${place} oracle: ${differences} effective differences`);
}
