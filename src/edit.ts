/** A half-open range of UTF-16 offsets into one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces the text of a span; an empty span inserts, an empty text deletes. Offsets refer to the original text. */
export interface Edit extends Span {
  readonly text: string;
}

/** Two edits that cannot both be applied: a bug of whoever made them. */
export class EditConflict extends Error {
  override readonly name = "EditConflict";
}

/**
 * Applies edits to the text that their offsets refer to.
 * @throws {EditConflict} where two edits overlap or touch at the same insertion point.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = "";
  let at = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.start < at || edit.end > text.length || edit.end < edit.start) {
      const shown = JSON.stringify(text.slice(edit.start, Math.min(edit.end, edit.start + 40)));
      throw new EditConflict(`edit at ${edit.start}..${edit.end} (${shown}) overlaps the one before it`);
    }
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}

/** Sorts by position; edits at one place keep the order in which they were made. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
    .map(({ edit }) => edit);
}

/** Whether two groups of edits touch: touching counts as overlapping. */
export function editsTouch(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.some((x) => b.some((y) => x.start <= y.end && y.start <= x.end && !sameEdit(x, y)));
}

/** Whether two edits say the same, as two fixes that both add one import do. */
export function sameEdit(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
