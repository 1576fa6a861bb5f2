import { diffLines } from "diff";
import type { Edit } from "../edit.ts";

/** The edits of whole lines that turn one text into another, in order. */
export function lineEdits(before: string, after: string): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let pending: { start: number; end: number; text: string } | null = null;
  for (const { value, added, removed } of diffLines(before, after)) {
    if (!added && !removed) {
      if (pending) edits.push(pending);
      pending = null;
      at += value.length;
      continue;
    }
    pending ??= { start: at, end: at, text: "" };
    if (added) pending.text += value;
    else pending.end = at += value.length;
  }
  return pending ? [...edits, pending] : edits;
}
