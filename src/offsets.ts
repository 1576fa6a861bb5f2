import { sortEdits, type Edit } from "./edit.ts";

/** Where an offset of an edited text came from in the text before. */
export function mapBack(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const edit of sortEdits(edits)) {
    const start = edit.start + shift;
    if (offset < start) break;
    const length = edit.text.length;
    if (offset < start + length) return edit.start;
    shift += length - (edit.end - edit.start);
  }
  return offset - shift;
}
