import type { Edit, Span } from "../edit.ts";
import type {
  AppliedFix,
  FileOutcome,
  PlacedFinding,
  ReviewEffect,
  ReviewFinding,
  ReviewReport,
  RunReport,
  Severity,
} from "../outcome.ts";
import { isSurprise } from "../review-judgements.ts";
import { causedMessage } from "./cause-text.ts";
import { foldEffects, recipesText } from "./fold-effects.ts";
import { lineEdits } from "./line-edits.ts";
import { linesOfFix } from "./positions.ts";
import { valueText } from "./value-text.ts";

/** Something to say about a place of a file, in whatever format. */
export interface Notice {
  readonly path: string;
  /** `codemod/rule`. */
  readonly rule: string;
  readonly severity: Severity;
  /** From 1; null where the line no longer exists. */
  readonly line: number | null;
  /** The exact place, where it is known, and the text that it is a place of. */
  readonly place: { readonly text: string; readonly span: Span } | null;
  readonly message: string;
  readonly fix: NoticeFix | null;
}

/** What to do about it: edits of the text of the place, whole or not at all. */
export interface NoticeFix {
  readonly edits: readonly Edit[];
  readonly description: string;
}

/** A file that nothing can be said about, and why. */
export interface Unread {
  readonly path: string;
  readonly failed: boolean;
  readonly reason: string;
}

/** A finding that a comment has ignored. */
export interface IgnoredNotice extends Notice {
  /** What the comment gives as a reason; may be empty. */
  readonly reason: string;
}

/** What a report says line by line. */
export interface Notices {
  readonly notices: readonly Notice[];
  readonly unread: readonly Unread[];
  /** For formats that tell ignored findings from others. */
  readonly ignored: readonly IgnoredNotice[];
}

/** What `check` and `migrate` found; what was applied is told without a place, as its place is gone. */
export function noticesOfRun({ files }: RunReport, applied: boolean): Notices {
  const notices = files.flatMap((file) => [
    ...file.fixes.map((fix) => (applied ? doneNotice(file, fix) : fixNotice(file, fix))),
    ...file.remaining.map((finding) => findingNotice(file, finding, applied)),
  ]);
  const unread = files
    .filter(({ outcome }) => outcome === "failed" || outcome === "skipped")
    .map(({ path, outcome, reason }) => ({ path, failed: outcome === "failed", reason: reason ?? outcome }));
  const ignored = files.flatMap((file) =>
    (file.suppressed ?? []).map((one) => ({ ...findingNotice(file, one, applied), reason: one.reason })),
  );
  return { notices, unread, ignored };
}

/** What `review` found: every recipe that runs differently, and new findings, with the fixes for those. */
export function noticesOfReview(
  { recipes, skipped }: ReviewReport,
  fixed: readonly FileOutcome[] = [],
): Notices {
  const fixes = fixed.flatMap((file) =>
    file.fixes.map((fix) => ({ file, fix, lines: linesOfFix(file.before, fix) })),
  );
  const changed = recipes
    .filter(({ effects }) => effects.length > 0)
    .map(({ recipe, file, line, effects }): Notice => {
      const lines = effects.map((effect) => {
        const { knob, before, after, decidedBy, cause } = effect;
        const surprise = isSurprise(effect) ? "; the diff of this file does not show it" : "";
        const alone = cause === undefined ? "" : `, by ${cause} alone`;
        return `${knob}: ${valueText(before)} → ${valueText(after)}, decided by ${decidedBy}${alone}${surprise}`;
      });
      const rule = ruleOf(effects);
      return {
        path: file,
        rule,
        severity: rule === "review/changed-as-written" ? "info" : "warning",
        line,
        place: null,
        message: [`What runs changes in ${recipe}.`, ...lines].join("\n"),
        fix: null,
      };
    });
  const found = new Map<string, Notice>();
  for (const finding of recipes.flatMap((one) => one.findings.new)) {
    const answer = fixes.find(
      ({ file, fix, lines }) =>
        file.path === finding.file && fix.codemod === finding.codemod && lines.has(finding.line),
    );
    const notice = answer ? fixNotice(answer.file, answer.fix) : newNotice(finding);
    found.set(JSON.stringify(notice), notice);
  }
  const unread = skipped.map(({ file, reason, failed }) => ({ path: file, failed: failed ?? false, reason }));
  return { notices: [...changed, ...found.values()], unread, ignored: [] };
}

function ruleOf(effects: readonly ReviewEffect[]): string {
  if (effects.some(isSurprise)) return "review/changed-unexpectedly";
  return effects.some(({ cause }) => cause !== undefined)
    ? "review/changed-by-bridge"
    : "review/changed-as-written";
}

function newNotice(finding: ReviewFinding): Notice {
  const { file, line, codemod, rule, severity } = finding;
  const message = causedMessage(finding);
  return { path: file, rule: `${codemod}/${rule}`, severity, line, place: null, message, fix: null };
}

function fixNotice(file: FileOutcome, fix: AppliedFix): Notice {
  return {
    path: file.path,
    rule: `${fix.codemod}/${fix.rule}`,
    severity: fix.severity,
    line: fix.line,
    place: { text: file.before, span: fix.span },
    message: [fix.message, ...effectTexts(fix)].join("\n"),
    fix: fix.edits
      ? { edits: fix.edits, description: proofText(fix) }
      : { edits: lineEdits(file.before, file.after), description: "All fixes of this file together." },
  };
}

function doneNotice({ path }: FileOutcome, fix: AppliedFix): Notice {
  const message = [`Fixed: ${fix.message}`, ...effectTexts(fix)].join("\n");
  const rule = `${fix.codemod}/${fix.rule}`;
  return { path, rule, severity: "info", line: null, place: null, message, fix: null };
}

function findingNotice(file: FileOutcome, finding: PlacedFinding, applied: boolean): Notice {
  const { codemod, rule, severity, message } = finding;
  const place = applied
    ? { text: file.after, span: finding.spanAfter }
    : { text: file.before, span: finding.span };
  const line = applied ? lineOf(place) : finding.line;
  return { path: file.path, rule: `${codemod}/${rule}`, severity, line, place, message, fix: null };
}

function lineOf({ text, span }: { text: string; span: Span }): number {
  return text.slice(0, span.start).split(/\r\n|\n|\r/).length;
}

/** What a fix was proved to do, in a sentence. */
export function proofText({ verdict, effects }: Pick<AppliedFix, "verdict" | "effects">): string {
  if (verdict === "preserving") return "Proved: nothing that runs changes.";
  if (verdict === "requested") {
    const knobs = [...new Set(effects.map(({ knob }) => knob))];
    return knobs.length === 0
      ? "Proved: only what the fix names changes, for callers who pass other arguments."
      : `Proved: in what runs, exactly ${knobs.join(", ")} changes.`;
  }
  return "Not proved: what it does cannot be followed to the end.";
}

function effectTexts({ effects }: AppliedFix): string[] {
  return foldEffects(effects).map(({ knob, before, after, scenario, recipes }) => {
    const where = scenario === null ? "" : ` (${scenario})`;
    return `${knob}: ${before} → ${after}${where} in ${recipesText(recipes)}`;
  });
}
