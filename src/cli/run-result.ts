import { relative, resolve, sep } from "node:path";
import type { RunReport } from "../outcome.ts";
import { formatOf, type RawOptions } from "./options.ts";
import { bridgeText } from "./messages.ts";
import { exitCodes, type Session } from "./session.ts";
import { failuresIn, give, resultPalette, tell, tellFailures } from "./tell.ts";

export interface ShownRun {
  readonly report: RunReport;
  /** Whether files were written, or only would be. */
  readonly applied: boolean;
  /** Absolute: what the paths of a patch are relative to. */
  readonly patchRoot: string;
}

/** Prints the result of `check` or `migrate` in the format asked for, and what goes with it on stderr. */
export async function showRun(session: Session, raw: RawOptions, shown: ShownRun): Promise<void> {
  tell(session, raw, bridgeText(shown.report.bridge));
  await give(session, raw, await render(session, raw, shown));
  tellFailures(session, raw, failuresIn(shown.report.files));
  const { summaryText } = await import("../report/text.ts");
  tell(session, raw, `${summaryText(shown.report, shown.applied)}\n`);
}

/** 2 when a file failed, 1 when something is left to do, else 0. */
export function exitCodeOf({ files }: RunReport, applied: boolean): number {
  if (files.some(({ outcome }) => outcome === "failed")) return exitCodes.misuse;
  const open = files.some(({ remaining }) => remaining.some(({ severity }) => severity !== "info"));
  const pending = !applied && files.some(({ outcome }) => outcome === "changed");
  return open || pending ? exitCodes.findings : exitCodes.clean;
}

async function render(
  session: Session,
  raw: RawOptions,
  { report, applied, patchRoot }: ShownRun,
): Promise<string> {
  if (raw.diff) {
    const { patchText } = await import("../report/patch.ts");
    return patchText(
      report.files.map((file) => ({ ...file, path: patchPath(session.host.cwd, file.path, patchRoot) })),
    );
  }
  if (formatOf(raw) === "json") {
    const { runJson } = await import("../report/json.ts");
    return runJson(report);
  }
  const { runText } = await import("../report/text.ts");
  return runText(report, { palette: resultPalette(session, raw), applied, verbose: raw.verbose ?? false });
}

function patchPath(cwd: string, path: string, root: string): string {
  return relative(root, resolve(cwd, path)).split(sep).join("/");
}
