import { Problem } from "../workspace/problem.ts";
import { paletteFor } from "./color.ts";
import { loadEngine } from "./engine.ts";
import { internalErrorText, problemText } from "./messages.ts";
import { processHost } from "./process-host.ts";
import { runProgram } from "./program.ts";
import { exitCodes, Interrupted, type Session } from "./session.ts";

/** Runs one command line and gives its exit code; never throws. */
export async function run(session: Session): Promise<number> {
  try {
    return await runProgram(session);
  } catch (error) {
    return reportError(session, error);
  }
}

/** Runs the command line of this process. */
export async function runProcess(version: string): Promise<void> {
  const exitCode = await run({ host: processHost(), version, loadEngine });
  process.exitCode = exitCode;
  // An interrupted analysis may still be at work; nothing waits for it.
  if (exitCode === exitCodes.interrupted) process.exit(exitCode);
}

function reportError({ host }: Session, error: unknown): number {
  const palette = paletteFor(host, colorChoice(host.argv), host.stderrIsTty);
  if (error instanceof Interrupted) {
    host.err("interrupted: 0 files written\n");
    return exitCodes.interrupted;
  }
  if (error instanceof Problem) host.err(problemText(error, palette));
  else host.err(internalErrorText(error, palette, host.argv.includes("--verbose")));
  return exitCodes.misuse;
}

/** What `--color` says; read by itself, as the error may be that the command line cannot be read. */
function colorChoice(argv: readonly string[]): string {
  const choice = argv.findLast((word, index) => word.startsWith("--color=") || argv[index - 1] === "--color");
  const value = choice?.replace("--color=", "") ?? "auto";
  return value === "always" || value === "never" ? value : "auto";
}
