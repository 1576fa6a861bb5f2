import { relative, resolve, sep } from "node:path";
import type { RunReport } from "../outcome.ts";
import type { Digest } from "../report/digest.ts";
import { formatOf, type RawOptions } from "./options.ts";
import type { Session } from "./session.ts";
import { resultPalette } from "./tell.ts";

export interface ShownRun {
  readonly report: RunReport;
  /** Whether files were written, or only would be. */
  readonly applied: boolean;
  /** Absolute: what the paths of patches and annotations are relative to. */
  readonly patchRoot: string;
  /** As they were given on the command line. */
  readonly paths: readonly string[];
}

/** The result of `check` or `migrate` in the format asked for. */
export async function renderRun(session: Session, raw: RawOptions, shown: ShownRun): Promise<string> {
  switch (raw.diff ? "patch" : formatOf(raw)) {
    case "patch": {
      const { patchText } = await import("../report/patch.ts");
      return patchText(fromRoot(session, shown).files);
    }
    case "json": {
      const { runJson } = await import("../report/json.ts");
      return runJson(shown.report);
    }
    case "sarif":
    case "github":
    case "rdjson":
      return renderNotices(session, raw, shown);
    case "markdown": {
      const { markdownText } = await import("../report/markdown.ts");
      return markdownText(await digestOf(session, raw, shown));
    }
    case "html": {
      const { changePage } = await import("../report/html/change-page.ts");
      const { readPageAssets } = await import("../workspace/page-assets.ts");
      return changePage(await digestOf(session, raw, shown), readPageAssets());
    }
    case "text": {
      const { runText } = await import("../report/text.ts");
      const { report, applied } = shown;
      return runText(report, {
        palette: resultPalette(session, raw),
        applied,
        verbose: raw.verbose ?? false,
      });
    }
  }
}

async function renderNotices(session: Session, raw: RawOptions, shown: ShownRun): Promise<string> {
  const { noticesOfRun } = await import("../report/notices.ts");
  const { renderNotices: render } = await import("./render-notices.ts");
  const { report } = formatOf(raw) === "rdjson" ? shown : { report: fromRoot(session, shown) };
  return render(session, raw, noticesOfRun(report, shown.applied));
}

async function digestOf(session: Session, raw: RawOptions, shown: ShownRun): Promise<Digest> {
  const { digestOfRun } = await import("../report/digest.ts");
  const { reproduceCommand } = await import("./reproduce.ts");
  const { paths, report, applied } = shown;
  const commands = applied ? ["migrate"] : ["check", "migrate"];
  return digestOfRun(report, {
    command: applied ? "migrate" : "check",
    reproduce: commands.map((command) => reproduceCommand(session, raw, { command, paths })),
  });
}

/** The report with paths from where `git apply` and GitHub look for files. */
function fromRoot({ host }: Session, { report, patchRoot }: ShownRun): RunReport {
  return {
    ...report,
    files: report.files.map((file) => ({ ...file, path: pathFrom(patchRoot, host.cwd, file.path) })),
  };
}

/** A POSIX path relative to a folder, of one that is relative to the working directory. */
export function pathFrom(root: string, cwd: string, path: string): string {
  return relative(root, resolve(cwd, path)).split(sep).join("/");
}
