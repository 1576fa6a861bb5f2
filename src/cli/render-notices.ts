import type { Notices } from "../report/notices.ts";
import { formatOf, type RawOptions } from "./options.ts";
import type { Session } from "./session.ts";

/** What a report says line by line, as SARIF, GitHub annotations or rdjson. */
export async function renderNotices(session: Session, raw: RawOptions, notices: Notices): Promise<string> {
  const format = formatOf(raw);
  if (format === "sarif") {
    const { sarifText } = await import("../report/sarif.ts");
    const codemods = await (await session.loadEngine()).codemods();
    return sarifText(notices, { version: session.version, codemods });
  }
  if (format === "github") {
    const { githubText } = await import("../report/github.ts");
    return githubText(notices);
  }
  const { rdjsonText } = await import("../report/rdjson.ts");
  return rdjsonText(notices);
}
