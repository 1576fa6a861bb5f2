import type { RecipeFile } from "../codemod.ts";
import type { Edit } from "../edit.ts";
import * as edit from "../python/edits/index.ts";
import type { OverwrittenSite } from "./judge.ts";
import type { KnobSite } from "../sites.ts";
import { isWholeStatement, removeSites } from "./remove.ts";

/** Takes overwritten writes out of a file; the comments behind them go to the statements that decide the knobs. */
export function removeOverwritten(
  file: RecipeFile,
  overwritten: readonly OverwrittenSite[],
  earlier: readonly KnobSite[],
): Edit[] {
  const following = overwritten.filter((one) => followsDecider(file, one)).map(({ site }) => site);
  const staying = [...overwritten.map(({ site }) => site), ...earlier].filter(
    (site) => !following.includes(site),
  );
  return [
    ...moveComments(
      file,
      overwritten.filter(({ site }) => following.includes(site)),
    ),
    ...removeSites(file, following, { comment: "drop" }),
    ...removeSites(file, staying, { comment: "keep" }),
  ];
}

/** Whether the comment behind a redundant write can move to the statement that decides the knob. */
function followsDecider(file: RecipeFile, { site, judgement }: OverwrittenSite): boolean {
  const { decider } = judgement;
  if (!decider || decider.module !== file.source || decider.func !== site.site.func) return false;
  if (decider.form !== "attribute" || !isWholeStatement(site)) return false;
  return edit.trailingComment(file.text, decider.stmt) === "" && endsLine(file.text, decider.stmt.end);
}

function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*(?:\r|\n|$)/.test(text.slice(offset, offset + 40));
}

/** Moves the comments behind redundant writes to the statements that decide the knobs. */
function moveComments(file: RecipeFile, following: readonly OverwrittenSite[]): Edit[] {
  return following.flatMap(({ site, judgement }) => {
    const comment = edit.trailingComment(file.text, site.site.stmt);
    const at = judgement.decider?.stmt.end;
    return at === undefined || comment === ""
      ? []
      : edit.replaceSpan(file.text, { start: at, end: at }, comment);
  });
}
