import { analyse, prepare, type Analysis } from "./analyse.ts";
import type { RawOptions } from "./options.ts";
import { exitCodeOf, showRun } from "./run-result.ts";
import { selectPaths } from "./select-paths.ts";
import type { Session } from "./session.ts";

/** `bridgemod check`: what `migrate` would do. Exit code 1 if there is something to do. */
export async function check(session: Session, paths: readonly string[], raw: RawOptions): Promise<number> {
  const analysis = await analyse(
    session,
    await prepare(session, await selectPaths(session, paths, raw), raw),
    raw,
  );
  await showRun(session, raw, {
    paths,
    report: analysis.report,
    applied: false,
    patchRoot: patchRootOf(analysis),
  });
  return exitCodeOf(analysis.report, false);
}

/** What `git apply` takes paths to be relative to: the working tree, else the working directory if it holds all. */
export function patchRootOf({ workspace, report }: Analysis): string {
  const gitRoot = workspace.targets[0]?.root.gitRoot ?? null;
  if (gitRoot !== null) return gitRoot;
  return report.files.some(({ path }) => path.startsWith("../")) ? workspace.root : workspace.cwd;
}
