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
    default:
      throw new Problem(`review has no format ${formatOf(raw)}`, { next: "write --format text or json" });
  }
}
