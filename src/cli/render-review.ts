import type { FileOutcome, ReviewReport } from "../outcome.ts";
import type { ChangeInput } from "../project.ts";
import type { Digest, DigestFile } from "../report/digest.ts";
import { formatOf, type RawOptions } from "./options.ts";
import { pathFrom } from "./render-run.ts";
import { reproduceCommand } from "./reproduce.ts";
import type { Session } from "./session.ts";
import { resultPalette } from "./tell.ts";

export interface Reviewed {
  readonly report: ReviewReport;
  readonly input: ChangeInput;
  /** The files that fixes for new findings would change; empty unless the output holds them. */
  readonly fixes: readonly FileOutcome[];
  readonly range: string | null;
  /** Absolute: what GitHub takes paths to be relative to. */
  readonly patchRoot: string;
}

/** The result of `review` in the format asked for. */
export async function renderReview(session: Session, raw: RawOptions, reviewed: Reviewed): Promise<string> {
  const { report } = reviewed;
  switch (raw.diff ? "patch" : formatOf(raw)) {
    case "patch": {
      const { patchText } = await import("../report/patch.ts");
      return patchText(reviewed.fixes.map((file) => fromRoot(session, reviewed, file)));
    }
    case "json": {
      const { reviewJson } = await import("../report/json.ts");
      return reviewJson(report);
    }
    case "sarif":
    case "github":
    case "rdjson":
      return renderPlaces(session, raw, reviewed);
    case "markdown": {
      const { markdownText } = await import("../report/markdown.ts");
      return markdownText(await digestOf(session, raw, reviewed));
    }
    case "html": {
      const { changePage } = await import("../report/html/change-page.ts");
      const { readPageAssets } = await import("../workspace/page-assets.ts");
      return changePage(await digestOf(session, raw, reviewed), readPageAssets());
    }
    case "text": {
      const { reviewText } = await import("../report/review-text.ts");
      return reviewText(report, { palette: resultPalette(session, raw), verbose: raw.verbose ?? false });
    }
  }
}

async function renderPlaces(session: Session, raw: RawOptions, reviewed: Reviewed): Promise<string> {
  const { noticesOfReview } = await import("../report/notices.ts");
  const { renderNotices } = await import("./render-notices.ts");
  const found = noticesOfReview(reviewed.report, reviewed.fixes);
  if (formatOf(raw) === "rdjson") return renderNotices(session, raw, found);
  const { notices, unread } = found;
  return renderNotices(session, raw, {
    ...found,
    notices: notices.map((one) => fromRoot(session, reviewed, one)),
    unread: unread.map((one) => fromRoot(session, reviewed, one)),
  });
}

/** The same with its path from where `git apply` and GitHub look for files. */
function fromRoot<T extends { readonly path: string }>(
  { host }: Session,
  { patchRoot }: Reviewed,
  one: T,
): T {
  return { ...one, path: pathFrom(patchRoot, host.cwd, one.path) };
}

async function digestOf(session: Session, raw: RawOptions, reviewed: Reviewed): Promise<Digest> {
  const { digestOfReview } = await import("../report/digest.ts");
  const { report, input, range } = reviewed;
  const paths = [...(range === null ? [] : [range]), ...(raw.staged ? ["--staged"] : [])];
  const patch = raw.patch === undefined ? [] : ["--patch", raw.patch];
  return digestOfReview(report, changedFiles(input), {
    command: `review ${report.base}..${report.head}`,
    reproduce: [reproduceCommand(session, raw, { command: "review", paths: [...paths, ...patch] })],
  });
}

/** The files whose texts differ; one that came or went has an empty text on the other side. */
function changedFiles({ before, after }: ChangeInput): Omit<DigestFile, "fixes">[] {
  const old = new Map(before.files.map(({ path, text }) => [path, text]));
  const now = new Map(after.files.map(({ path, text }) => [path, text]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((path) => ({ path, before: old.get(path) ?? "", after: now.get(path) ?? "" }));
}
