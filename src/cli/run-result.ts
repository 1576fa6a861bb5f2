import type { RunReport } from "../outcome.ts";
import { bridgeText, formatHint } from "./messages.ts";
import { formatOf, type RawOptions } from "./options.ts";
import { renderRun, type ShownRun } from "./render-run.ts";
import { exitCodes, type Session } from "./session.ts";
import { failuresIn, give, tell, tellFailures } from "./tell.ts";

/** Prints the result of `check` or `migrate` in the format asked for, and what goes with it on stderr. */
export async function showRun(session: Session, raw: RawOptions, shown: ShownRun): Promise<void> {
  tell(session, raw, bridgeText(shown.report.bridge));
  await give(session, raw, await renderRun(session, raw, shown));
  tellFailures(session, raw, failuresIn(shown.report.files));
  const { summaryText } = await import("../report/text.ts");
  tell(session, raw, `${summaryText(shown.report, shown.applied)}\n`);
  if (formatOf(raw) === "text") tell(session, raw, formatHint(session.host.env));
}

/** 2 when a file failed, 1 when something is left to do, else 0. */
export function exitCodeOf({ files }: RunReport, applied: boolean): number {
  if (files.some(({ outcome }) => outcome === "failed")) return exitCodes.misuse;
  const open = files.some(({ remaining }) => remaining.some(({ severity }) => severity !== "info"));
  const pending = !applied && files.some(({ outcome }) => outcome === "changed");
  return open || pending ? exitCodes.findings : exitCodes.clean;
}
