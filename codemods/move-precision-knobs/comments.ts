import { edits as edit, type Edit, type RecipeFile } from "../../src/index.ts";
import type { OverwrittenSite } from "./messages.ts";
import { isWholeStatement } from "./remove.ts";

/** Whether the comment behind a redundant write can move to the statement that decides the knob. */
export function followsDecider(file: RecipeFile, { site, judgement }: OverwrittenSite): boolean {
  const { decider } = judgement;
  if (!decider || decider.module !== file.source || decider.func !== site.site.func) return false;
  if (decider.form !== "attribute" || !isWholeStatement(site)) return false;
  return edit.trailingComment(file.text, decider.stmt) === "" && endsLine(file.text, decider.stmt.end);
}

function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*(?:\r|\n|$)/.test(text.slice(offset, offset + 40));
}

/** Moves the comments behind redundant writes to the statements that decide the knobs. */
export function moveComments(file: RecipeFile, following: readonly OverwrittenSite[]): Edit[] {
  return following.flatMap(({ site, judgement }) => {
    const comment = edit.trailingComment(file.text, site.site.stmt);
    const at = judgement.decider?.stmt.end;
    return at === undefined || comment === ""
      ? []
      : edit.replaceSpan(file.text, { start: at, end: at }, comment);
  });
}
