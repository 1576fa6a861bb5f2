import type { FileOutcome, RunReport } from "../outcome.ts";
import type { Policy } from "../policy.ts";
import { comparePaths } from "../project.ts";
import { isOutsideGit, uncommittedFiles } from "../workspace/git.ts";
import { Problem } from "../workspace/problem.ts";
import type { SetAside } from "../workspace/load-files.ts";
import { loadProject, openWorkspace, type Project, type Workspace } from "../workspace/workspace.ts";
import type { Engine } from "./engine.ts";
import { bridgeWish, checkOptions, policyOf, type RawOptions } from "./options.ts";
import { startProgress } from "./progress.ts";
import { selectCodemods } from "./select-codemods.ts";
import { Interrupted, type Session } from "./session.ts";
import { readStdinTarget } from "./stdin-target.ts";
import { tell, warn } from "./tell.ts";

/** Everything that is known before the engine begins. */
export interface Preparation {
  readonly engine: Engine;
  readonly workspace: Workspace;
  readonly project: Project;
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
export async function prepare(session: Session, paths: readonly string[], raw: RawOptions): Promise<Preparation> {
  checkOptions(raw);
  const { host } = session;
  const stdin = await readStdinTarget(host, paths, raw);
  const workspace = await openWorkspace({
    cwd: host.cwd,
    paths: paths.length === 0 ? ["."] : paths,
    stdin,
    configFile: raw.config ?? null,
    isolated: raw.isolated ?? false,
  });
  const engine = await session.loadEngine();
  const project = loadProject(workspace, {
    bridge: bridgeWish(raw, workspace.config, workspace.cwd),
    knownVersions: engine.versions(),
    mentionsRecipes: (bytes) => engine.mentionsRecipes(bytes),
  });
  if (project.enumeration.cut) warn(session, raw, "the project is too large: callers in some files are not seen");
  return { engine, workspace, project, policy: policyOf(raw, workspace.config) };
}

/**
 * Runs the codemods over what was prepared; writes nothing.
 * @throws {Problem | Interrupted}
 */
export async function analyse(session: Session, prepared: Preparation, raw: RawOptions): Promise<Analysis> {
  const { engine, workspace, project, policy } = prepared;
  const codemods = selectCodemods(await engine.codemods(), raw, workspace.config);
  const progress = await startProgress(session.host, raw.quiet ?? false);
  try {
    const found = await engine.run(project.input, codemods, policy, progress.update);
    return { ...prepared, report: complete(found, project) };
  } finally {
    progress.stop();
  }
}

/**
 * Refuses to touch what git could not bring back.
 * @throws {Problem} naming the files.
 */
export async function guardUncommitted(session: Session, prepared: Preparation, raw: RawOptions): Promise<void> {
  const { workspace, project } = prepared;
  if (isOutsideGit(workspace.targets)) warn(session, raw, "not in a git repository, so nothing brings the old text back");
  if (raw.allowDirty) return;
  const paths = new Map([...project.originals].map(([path, { absolute }]) => [absolute, path]));
  const files = [...paths].filter(([, path]) => project.matter.has(path)).map(([absolute]) => absolute);
  const dirty = files.length === 0 ? [] : await uncommittedFiles(workspace.targets, files);
  const [first, ...others] = dirty.map((absolute) => paths.get(absolute) ?? absolute);
  if (first === undefined) return;
  const more = others.length === 0 ? "" : `, and so have ${others.length} more`;
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
function complete(report: RunReport, project: Project): RunReport {
  const answered = new Set(report.files.map(({ path }) => path));
  const forgotten: SetAside[] = [...project.targets]
    .filter((path) => !answered.has(path))
    .map((path) => ({ path, outcome: "failed", reason: "bridgemod gave no answer for this file, which is a bug" }));
  const files = [...report.files, ...[...project.setAside, ...forgotten].map(asOutcome)];
  return { bridge: report.bridge, files: files.sort((a, b) => comparePaths(a.path, b.path)) };
}

function asOutcome({ path, outcome, reason }: SetAside): FileOutcome {
  return { path, outcome, reason, fixes: [], remaining: [], before: "", after: "" };
}
