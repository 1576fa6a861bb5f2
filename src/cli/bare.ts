import { analyse, prepare } from "./analyse.ts";
import { patchRootOf } from "./check.ts";
import { formatOf, type RawOptions } from "./options.ts";
import { exitCodeOf, showRun } from "./run-result.ts";
import { selectPaths } from "./select-paths.ts";
import type { Session } from "./session.ts";
import { shellCommand } from "./shell-quote.ts";
import { readsStdin } from "./stdin-target.ts";
import { tell } from "./tell.ts";

/** `bridgemod PATHS`: what `check` prints, and the command that applies it. */
export async function bare(session: Session, paths: readonly string[], raw: RawOptions): Promise<number> {
  const { report, ...prepared } = await analyse(
    session,
    await prepare(session, await selectPaths(session, paths, raw), raw),
    raw,
  );
  await showRun(session, raw, {
    paths,
    report,
    applied: false,
    patchRoot: patchRootOf({ report, ...prepared }),
  });
  const isText = formatOf(raw) === "text" && raw.output === undefined && !raw.diff;
  if (report.files.some(({ outcome }) => outcome === "changed") && !readsStdin(paths, raw)) {
    const line = `\nto apply: ${applyCommand(session)}\n`;
    if (isText) session.host.out(line);
    else tell(session, raw, line);
  }
  return exitCodeOf(report, false);
}

/** The command line as it was typed, with `migrate` put in. */
function applyCommand({ host }: Session): string {
  const program = host.env["npm_command"] === "exec" ? ["npx", "bridgemod"] : ["bridgemod"];
  const kept = host.argv.filter((word) => word !== "--diff");
  return shellCommand([...program, "migrate", ...kept]);
}
