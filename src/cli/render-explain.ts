import type { ExplainReport } from "../outcome.ts";
import type { Shown } from "../report/explain-text.ts";
import type { ExplainWriter } from "../report/explain-writer.ts";
import { formatOf, type RawOptions } from "./options.ts";
import { reproduceCommand } from "./reproduce.ts";
import type { Session } from "./session.ts";
import { resultPalette } from "./tell.ts";

export interface Explained {
  readonly report: ExplainReport;
  readonly shown: Shown;
  /** As they were given on the command line. */
  readonly paths: readonly string[];
}

/** Writes the result recipe by recipe; null for a format that wants all of them at once. */
export function explainWriter(
  session: Session,
  raw: RawOptions,
  shown: Shown,
): Promise<ExplainWriter> | null {
  const format = formatOf(raw);
  if (format === "json")
    return import("../report/json.ts").then(({ explainJsonWriter }) => explainJsonWriter());
  if (format !== "text") return null;
  const palette = resultPalette(session, raw);
  return import("../report/explain-text.ts").then(({ explainTextWriter }) =>
    explainTextWriter({ palette, shown }),
  );
}

/** The result of `explain` in the format asked for. */
export async function renderExplain(
  session: Session,
  raw: RawOptions,
  { report, shown, paths }: Explained,
): Promise<string> {
  const format = formatOf(raw);
  if (format === "json") {
    const { explainJson } = await import("../report/json.ts");
    return explainJson(report);
  }
  const reproduce = reproduceCommand(session, raw, { command: "explain", paths });
  if (format === "markdown") {
    const { explainMarkdown } = await import("../report/explain-markdown.ts");
    return explainMarkdown(report, { shown, reproduce });
  }
  if (format === "html") {
    const { explainPage } = await import("../report/html/explain-page.ts");
    const { readPageAssets } = await import("../workspace/page-assets.ts");
    return explainPage(report, { assets: readPageAssets(), reproduce });
  }
  const { explainText } = await import("../report/explain-text.ts");
  return explainText(report, { palette: resultPalette(session, raw), shown });
}
