// Whether every changed line is one that a fix speaks of.
import { structuredPatch } from "diff";

/** Names in nearly every line of a recipe: a line is not explained by them. */
const TOO_COMMON = new Set(["cfg", "config", "model", "optimizer", "ddp", "train", "None", "True", "False"]);

/**
 * The hunks of a changed file that nothing explains. A hunk is explained by a fix that reports one of its
 * lines, by an import statement, or by naming (in every line) a knob that one of the file's fixes names.
 * @param imports line spans of import statements, `{before: [[first, last]], after: […]}`
 */
export function unexplainedHunks({ path, before, after, fixes, imports }) {
  const patch = structuredPatch(path, path, before, after, "", "", { context: 0 });
  const reported = new Set(fixes.map((fix) => fix.line));
  const words = knobWords(fixes);
  return patch.hunks
    .filter((hunk) => !isReported(hunk, reported) && !changedLines(hunk).every(isExplained))
    .map((hunk) => `${path}:${hunk.oldStart}: no fix speaks of ${hunk.lines.slice(0, 4).join(" | ")}`);

  function isExplained({ text, line, side }) {
    if (imports[side].some(([first, last]) => line >= first && line <= last)) return true;
    if (text.trim() === "" || /^[\s()[\]{},]*(#.*)?$/.test(text)) return true;
    return (text.match(/\w+/g) ?? []).some((word) => words.has(word));
  }
}

function isReported(hunk, reported) {
  const touches = (start, length) =>
    [...reported].some((line) => line >= start && line < start + Math.max(length, 1));
  return touches(hunk.oldStart, hunk.oldLines) || touches(hunk.newStart, hunk.newLines);
}

function changedLines(hunk) {
  let [old, now] = [hunk.oldStart, hunk.newStart];
  const lines = [];
  for (const entry of hunk.lines) {
    const text = entry.slice(1);
    if (entry.startsWith("-")) lines.push({ text, line: old++, side: "before" });
    else if (entry.startsWith("+")) lines.push({ text, line: now++, side: "after" });
  }
  return lines;
}

/** The knobs that fixes name: in their effects and, dotted or between back quotes, in their messages. */
function knobWords(fixes) {
  const knobs = fixes.flatMap(({ effects = [], message }) => [
    ...effects.map((effect) => effect.knob),
    ...(message.match(/\w+(\.\w+)+/g) ?? []),
  ]);
  const quoted = fixes.flatMap((fix) => fix.message.match(/`[^`]+`/g) ?? []);
  const words = [
    ...knobs.map((knob) => knob.split(".").at(-1)),
    ...quoted.flatMap((text) => text.match(/\w+/g) ?? []),
  ];
  return new Set(
    [...words, "mixed_precision", "comm_overlap", "env_vars"].filter((word) => !TOO_COMMON.has(word)),
  );
}
