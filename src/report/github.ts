import type { Severity } from "../outcome.ts";
import type { Notice, Notices, Unread } from "./notices.ts";
import { positionsIn } from "./positions.ts";

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<
  Severity,
  string
>;

/** Workflow commands that GitHub shows as annotations. Paths are relative to the repository. */
export function githubText({ notices, unread }: Notices): string {
  return [...notices.map(annotationOf), ...unread.map(unreadAnnotation)].join("");
}

function annotationOf({ path, rule, severity, line, place, message, fix }: Notice): string {
  const properties: Record<string, string | number> = { file: path };
  if (line !== null) properties["line"] = line;
  const endLine = place ? positionsIn(place.text).at(Math.max(place.span.start, place.span.end - 1)).line : 0;
  if (line !== null && endLine > line) properties["endLine"] = endLine;
  const next = fix ? "\n`bridgemod migrate` applies the fix." : "";
  return command(COMMANDS[severity], { ...properties, title: rule }, message + next);
}

function unreadAnnotation({ path, failed, reason }: Unread): string {
  const line = /^line (\d+): /.exec(reason)?.[1];
  const place = line === undefined ? { file: path } : { file: path, line };
  return command(failed ? "error" : "notice", { ...place, title: failed ? "failed" : "skipped" }, reason);
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name} ${given.join(",")}::${escaped(message)}\n`;
}

/** As GitHub's own toolkit escapes messages; other control characters could play tricks on who reads the log. */
function escaped(text: string): string {
  return text
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A")
    .replaceAll(/(?!\t)\p{Cc}/gu, "\uFFFD");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
