import type { FileOutcome, RunReport } from "../outcome.ts";
import type { Policy } from "../policy.ts";
import { comparePaths } from "../project.ts";
import { groupByTree, uncommittedFiles } from "../workspace/git.ts";
import { Problem } from "../workspace/problem.ts";
import type { SetAside } from "../workspace/load-files.ts";
import { loadProject, openWorkspace, type Project, type Workspace } from "../workspace/workspace.ts";
import { openAnswerCache, type AnswerCache, type Question } from "../workspace/answer-cache.ts";
import { keepRun, restoreRun } from "../workspace/kept-run.ts";
import type { Engine, OnProgress } from "./engine.ts";
import { bridgeWish, checkOptions, policyOf, type RawOptions } from "./options.ts";
import { startProgress } from "./progress.ts";
import { selectCodemods } from "./select-codemods.ts";
import { Interrupted, type Session } from "./session.ts";
import { readStdinTarget } from "./stdin-target.ts";
import { checkOutputPath, tell, warn } from "./tell.ts";

/** Everything that is known before the engine begins. */
export interface Preparation {
  readonly engine: Engine;
  readonly workspace: Workspace;
  readonly project: Project;
  /** The names of the codemods to run. */
  readonly codemods: readonly string[];
  readonly policy: Policy;
}

/** What the engine found, files that it was not shown included. */
export interface Analysis extends Preparation {
  readonly report: RunReport;
}

/**
 * Looks up what was named, reads it and the project around it.
 * @throws {Problem}
 */
export async function prepare(
  session: Session,
  paths: readonly string[],
  raw: RawOptions,
): Promise<Preparation> {
  checkOptions(raw);
  await checkOutputPath(session, raw);
  const { host } = session;
  const stdin = await readStdinTarget(host, paths, raw);
  const workspace = await openWorkspace({
    cwd: host.cwd,
    paths,
    stdin,
    configFile: raw.config ?? null,
    isolated: raw.isolated ?? false,
  });
  const { config } = workspace;
  if (raw.verbose && config.file !== null) tell(session, raw, `Configuration ${config.file}\n`);
  const engine = await session.loadEngine();
  const codemods = selectCodemods(await engine.codemods(), raw, config);
  if (codemods.length === 0) warn(session, raw, "no codemod is in the set asked for");
  const project = loadProject(workspace, {
    bridge: bridgeWish(raw, config, workspace.cwd),
    knownVersions: engine.versions(),
    mentionsRecipes: (bytes) => engine.mentionsRecipes(bytes),
    mentionsLaunch: (bytes) => engine.mentionsLaunch(bytes),
  });
  if (project.enumeration.cut)
    warn(session, raw, "the project is too large: callers in some files are not seen");
  return { engine, workspace, project, codemods, policy: policyOf(raw, config) };
}

/**
 * Runs the codemods over what was prepared; writes nothing.
 * @throws {Problem | Interrupted}
 */
export async function analyse(session: Session, prepared: Preparation, raw: RawOptions): Promise<Analysis> {
  const { project, codemods, policy } = prepared;
  const progress = await startProgress(session.host, raw.quiet ?? false);
  try {
    const cache = raw.cache === false ? null : openAnswerCache(session.host.env);
    const asked = ["run", codemods, { ...policy, threads: undefined }];
    const question = { version: session.version, asked, input: project.input };
    const known = cache?.get(question, (answer) => restoreRun(answer, project.input)) ?? null;
    if (known) tellRecalled(session, raw);
    const found = known ?? (await runAndKeep(prepared, { cache, question, onProgress: progress.update }));
    return { ...prepared, report: complete(found, project) };
  } finally {
    progress.stop();
  }
}

/** Runs of less than this many milliseconds are not worth keeping. */
export const WORTH_KEEPING = 300;

export function tellRecalled(session: Session, raw: RawOptions): void {
  if (raw.verbose) tell(session, raw, "Nothing changed since an earlier run: its report is shown\n");
}

async function runAndKeep(
  { engine, project, codemods, policy }: Preparation,
  keeping: { cache: AnswerCache | null; question: Question; onProgress: OnProgress },
): Promise<RunReport> {
  const { cache, question, onProgress } = keeping;
  if (!cache) return engine.run(project.input, codemods, policy, onProgress);
  const watched = cache.watch(project.input);
  const began = performance.now();
  const report = await engine.run(watched.input, codemods, policy, onProgress);
  if (performance.now() - began > WORTH_KEEPING)
    await cache.put(question, watched, JSON.stringify(keepRun(report)));
  return report;
}

/**
 * Refuses to touch what git could not bring back.
 * @throws {Problem} naming the files.
 */
export async function guardUncommitted(
  session: Session,
  prepared: Preparation,
  raw: RawOptions,
): Promise<void> {
  const { originals, matter } = prepared.project;
  const paths = new Map([...originals].map(([path, { absolute }]) => [absolute, path]));
  const files = groupByTree([...paths].filter(([, path]) => matter.has(path)).map(([absolute]) => absolute));
  if (files.outside.length > 0)
    warn(session, raw, "not in a git repository, so nothing brings the old text back");
  const dirty = raw.allowDirty ? [] : await uncommittedFiles(files);
  const [first, ...others] = dirty.map((absolute) => paths.get(absolute) ?? absolute);
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` (as do ${others.length} more of the files)`;
  for (const path of raw.verbose ? others : []) tell(session, raw, `  ${path}\n`);
  throw new Problem(`has uncommitted changes${more}`, {
    place: first,
    next: "commit or stash them, or pass --allow-dirty; nothing was written",
  });
}

/** @throws {Interrupted} as soon as the user interrupts, if that is before the work is done. */
export async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Interrupted()), { once: true });
  });
  const result = await Promise.race([work, interrupted]);
  if (signal.aborted) throw new Interrupted();
  return result;
}

/** Adds the files that the engine was not shown, so that every file given has an outcome. */
export function complete(report: RunReport, project: Project): RunReport {
  const answered = new Set(report.files.map(({ path }) => path));
  const forgotten: SetAside[] = [...project.targets]
    .filter((path) => !answered.has(path))
    .map((path) => ({
      path,
      outcome: "failed",
      reason: "bridgemod gave no answer for this file, which is a bug",
    }));
  const files = [...report.files, ...[...project.setAside, ...forgotten].map(asOutcome)];
  return { bridge: report.bridge, files: files.sort((a, b) => comparePaths(a.path, b.path)) };
}

function asOutcome({ path, outcome, reason }: SetAside): FileOutcome {
  return { path, outcome, reason, fixes: [], remaining: [], before: "", after: "" };
}
