import type { ReviewReport } from "../outcome.ts";
import { Problem } from "../workspace/problem.ts";
import { formatOf, type RawOptions } from "./options.ts";
import type { Session } from "./session.ts";
import { resultPalette } from "./tell.ts";

/** The result of `review` in the format asked for. */
export async function renderReview(session: Session, raw: RawOptions, report: ReviewReport): Promise<string> {
  switch (formatOf(raw)) {
    case "json": {
      const { reviewJson } = await import("../report/json.ts");
      return reviewJson(report);
    }
    case "text": {
      const { reviewText } = await import("../report/review-text.ts");
      return reviewText(report, { palette: resultPalette(session, raw), verbose: raw.verbose ?? false });
    }
    case "markdown": {
      const { digestOfReview } = await import("../report/digest.ts");
      const { markdownText } = await import("../report/markdown.ts");
      return markdownText(digestOfReview(report, [], { command: "review", reproduce: [] }));
    }
    default:
      throw new Problem(`review has no format ${formatOf(raw)}`, {
        next: "write --format text, json or markdown",
      });
  }
}
