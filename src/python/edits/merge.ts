import { sortEdits, type Edit, type Span } from "../../edit.ts";

/** The edit that deletes a span. */
export function deletion(span: Span): Edit {
  return { start: span.start, end: span.end, text: "" };
}

/** The edit that puts text at an offset. */
export function insertion(offset: number, text: string): Edit {
  return { start: offset, end: offset, text };
}

/** Joins deletions that overlap or touch, so that neighbours may be deleted independently of each other. */
export function mergeDeletions(edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = [];
  for (const edit of sortEdits(edits)) {
    const last = merged.at(-1);
    if (last && isDeletion(last) && isDeletion(edit) && edit.start <= last.end) {
      merged[merged.length - 1] = deletion({ start: last.start, end: Math.max(last.end, edit.end) });
    } else if (edit.end > edit.start || edit.text !== "") merged.push(edit);
  }
  return merged;
}

function isDeletion(edit: Edit): boolean {
  return edit.text === "" && edit.end > edit.start;
}
