import type { Finding, Span } from "../../src/index.ts";
import type { Left } from "./part.ts";

/** What stays off in one recipe, and where a note on it goes. */
export interface Remark {
  readonly left: Left;
  readonly recipe: string;
  readonly span: Span;
}

/** Notes on what stays off in a file: one on all that was decided so, and one on each other reason. */
export function* notesOn(remarks: readonly Remark[]): Generator<Finding> {
  const decided = remarks.filter(({ left }) => left.because === "decided");
  const [first] = decided;
  if (first) yield note("left-alone", first.span, [...byReason(decided)].map(reasonText).join(". "));
  for (const [why, some] of byReason(remarks.filter(({ left }) => left.because !== "decided"))) {
    const [one] = some;
    if (!one) continue;
    const rule = one.left.because === "possible" ? "possible-overlap" : "left-alone";
    yield note(rule, one.span, reasonText([why, some]));
  }
}

function byReason(remarks: readonly Remark[]): ReadonlyMap<string, readonly Remark[]> {
  const all = new Map<string, Remark[]>();
  for (const remark of remarks) {
    const same = all.get(remark.left.why);
    if (same) same.push(remark);
    else all.set(remark.left.why, [remark]);
  }
  return all;
}

/** How many recipes are named, where all are meant. */
const NAMED = 2;

/** A reason, and the recipes that it holds for where there are several. */
function reasonText([why, remarks]: readonly [string, readonly Remark[]]): string {
  const names = [...new Set(remarks.map(({ recipe }) => recipe))];
  if (names.length < 2) return why;
  const more = names.length > NAMED ? ` and ${String(names.length - NAMED)} more` : "";
  return `${why} (${names.slice(0, NAMED).join(", ")}${more})`;
}

function note(rule: string, { start, end }: Span, text: string): Finding {
  return { rule, severity: "info", span: { start, end }, message: `${text}.`, fix: null };
}
