import type { FileOutcome, RunReport } from "../outcome.ts";
import type { PlannedWrite, WriteResult } from "../workspace/write-files.ts";
import { analyse, guardUncommitted, prepare, unlessInterrupted, type Analysis } from "./analyse.ts";
import { patchRootOf } from "./check.ts";
import { analyseAsking, requireTerminal } from "./interactive.ts";
import { formatOf, type RawOptions } from "./options.ts";
import { exitCodeOf, showRun } from "./run-result.ts";
import { selectPaths } from "./select-paths.ts";
import { exitCodes, type Session } from "./session.ts";
import { readsStdin } from "./stdin-target.ts";
import { failuresIn, give, tell, tellFailures, warn } from "./tell.ts";

/** `bridgemod migrate`: rewrites in place; from stdin to stdout; with `--diff` only shows the patch. */
export async function migrate(session: Session, paths: readonly string[], raw: RawOptions): Promise<number> {
  const signal = session.host.interruptSignal();
  const fromStdin = readsStdin(paths, raw);
  if (raw.interactive) requireTerminal(session.host, fromStdin);
  const prepared = await prepare(session, await selectPaths(session, paths, raw), raw);
  if (!fromStdin && !raw.diff) await guardUncommitted(session, prepared, raw);
  const work = raw.interactive ? analyseAsking(session, prepared, raw) : analyse(session, prepared, raw);
  const analysis = { ...(await unlessInterrupted(work, signal)), paths };
  if (fromStdin) return passThrough(session, analysis, raw);
  if (raw.diff) return showOnly(session, analysis, raw);
  return apply(session, analysis, raw);
}

interface Asked extends Analysis {
  readonly paths: readonly string[];
}

async function apply(session: Session, analysis: Asked, raw: RawOptions): Promise<number> {
  const { checkWritable, writeFiles } = await import("../workspace/write-files.ts");
  const plan = planOf(analysis);
  checkWritable(plan);
  const { paths } = analysis;
  const result = await writeFiles(plan, session.host.interruptSignal());
  const report = afterWriting(analysis.report, result);
  await showRun(session, raw, { paths, report, applied: true, patchRoot: patchRootOf(analysis) });
  if (!session.host.interruptSignal().aborted) return exitCodeOf(report, true);
  session.host.err(`interrupted: ${result.written.length} of ${plan.length} files written\n`);
  return exitCodes.interrupted;
}

async function showOnly(session: Session, analysis: Asked, raw: RawOptions): Promise<number> {
  const { paths } = analysis;
  await showRun(session, raw, {
    paths,
    report: analysis.report,
    applied: false,
    patchRoot: patchRootOf(analysis),
  });
  const changes = analysis.report.files.some(({ outcome }) => outcome === "changed");
  if (changes) warn(session, raw, "nothing was written, as --diff only shows; leave it out to apply");
  return exitCodeOf(analysis.report, false);
}

/** The new text of stdin; the old one where nothing changes; nothing where it failed. */
async function passThrough(session: Session, analysis: Asked, raw: RawOptions): Promise<number> {
  const { report, paths } = analysis;
  if (raw.diff || formatOf(raw) !== "text") {
    await showRun(session, raw, { paths, report, applied: false, patchRoot: patchRootOf(analysis) });
    return exitCodeOf(report, true);
  }
  tellFailures(session, raw, failuresIn(report.files));
  for (const { path, outcome, before, after } of report.files) {
    if (outcome === "failed") continue;
    const original = analysis.project.originals.get(path)?.bytes.toString("utf8");
    await give(session, raw, outcome === "changed" ? after : (original ?? before));
  }
  const { summaryText } = await import("../report/text.ts");
  tell(session, raw, `${summaryText(report, true)}\n`);
  return exitCodeOf(report, true);
}

function planOf({ report, project }: Analysis): PlannedWrite[] {
  return report.files.flatMap(({ path, outcome, after }) => {
    const original = project.originals.get(path);
    return outcome === "changed" && original !== undefined ? [{ path, original, text: after }] : [];
  });
}

function afterWriting(report: RunReport, { failed, interrupted }: WriteResult): RunReport {
  const left = new Set(interrupted);
  return { bridge: report.bridge, files: report.files.map((file) => outcomeOf(file, failed, left)) };
}

function outcomeOf(
  file: FileOutcome,
  failed: ReadonlyMap<string, string>,
  left: ReadonlySet<string>,
): FileOutcome {
  const reason = failed.get(file.path);
  const untouched = { ...file, fixes: [], after: file.before };
  if (reason !== undefined) return { ...untouched, outcome: "failed", reason };
  if (left.has(file.path))
    return { ...untouched, outcome: "skipped", reason: "interrupted before it was written" };
  return file;
}
