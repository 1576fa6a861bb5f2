import {
  type AppliedFix,
  type BridgeReport,
  type FileOutcome,
  type RecipeReview,
  type ReviewReport,
  type ReviewStatus,
  type RunReport,
  type ScenarioReport,
  type ShiftReport,
  type Severity,
  type Verdict,
  countOutcomes,
} from "../outcome.ts";
import { causedMessage } from "./cause-text.ts";
import { foldEffects, recipesText, scenarioText } from "./fold-effects.ts";
import { plural } from "./plural.ts";
import { linesOfFix } from "./positions.ts";
import { riskOf } from "./risk.ts";
import { valueText } from "./value-text.ts";

/** A change as its reader is told of it, whichever command found it: by what runs, not by files. */
export interface Digest {
  /** `check`, `migrate`, or `review main..WORKTREE`. */
  readonly command: string;
  readonly bridge: BridgeReport;
  /** Null where it is the same. */
  readonly bridgeBefore: BridgeReport | null;
  /** Null where both sides run with the same Bridge. */
  readonly shift: ShiftReport | null;
  /** One line: what to look at. */
  readonly risk: string;
  readonly recipes: readonly DigestRecipe[];
  readonly files: readonly DigestFile[];
  /** What a person has to decide, and notes on what was left alone. */
  readonly findings: readonly DigestFinding[];
  readonly unread: readonly { readonly path: string; readonly failed: boolean; readonly reason: string }[];
  /** Counts that add up. */
  readonly summary: string;
  /** Command lines that give this result again, or apply it. */
  readonly reproduce: readonly string[];
}

/** A recipe that runs differently, or that came, went or got another name. */
export interface DigestRecipe {
  readonly name: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly status: ReviewStatus;
  readonly renamedFrom: string | null;
  readonly effects: readonly DigestEffect[];
}

export interface DigestEffect {
  readonly knob: string;
  readonly before: string;
  readonly after: string;
  /** Null for the first scenario. */
  readonly scenario: string | null;
  readonly decidedBy: string | null;
  /** The fix that brings it about; null where no fix of ours does. */
  readonly source: { readonly path: string; readonly line: number } | null;
  /** Whether the diff of the recipe's own file shows it; null where that was not asked, or another Bridge explains it. */
  readonly expected: boolean | null;
  /** `Bridge 0.4.2 → 0.6.2` where that alone brings it about. */
  readonly cause: string | null;
}

/** A file that changes, and the proofs of what was done to it. */
export interface DigestFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly fixes: readonly DigestFix[];
}

export interface DigestFix {
  readonly rule: string;
  readonly line: number;
  /** Every line of the text before that it edits, as far as that is known. */
  readonly lines: readonly number[];
  readonly message: string;
  readonly verdict: Verdict;
  /** `ddp.x: True → False in recipes.a.f`. */
  readonly effects: readonly string[];
}

export interface DigestFinding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/** What the command line adds to a report. */
export interface Telling {
  readonly command: string;
  readonly reproduce: readonly string[];
}

/** The digest of `check` or `migrate`. */
export function digestOfRun(report: RunReport, { command, reproduce }: Telling): Digest {
  const { files, bridge } = report;
  const { changed, unchanged, skipped, failed } = countOutcomes(files);
  const done = command === "migrate" ? "changed" : "would change";
  return {
    command,
    bridge,
    bridgeBefore: null,
    shift: null,
    risk: riskOf(files),
    recipes: recipesOf(files),
    files: files.filter(({ before, after }) => before !== after).map(fileOf),
    findings: files.flatMap(({ path, remaining }) =>
      remaining.map(({ line, codemod, rule, severity, message }) => ({
        path,
        line,
        rule: `${codemod}/${rule}`,
        severity,
        message,
      })),
    ),
    unread: files
      .filter(({ outcome }) => outcome === "failed" || outcome === "skipped")
      .map(({ path, outcome, reason }) => ({
        path,
        failed: outcome === "failed",
        reason: reason ?? outcome,
      })),
    summary: `${plural(files.length, "file")}: ${changed} ${done}, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed`,
    reproduce,
  };
}

/** The digest of `review`, with the texts of the files that the change touches. */
export function digestOfReview(
  report: ReviewReport,
  files: readonly Omit<DigestFile, "fixes">[],
  { command, reproduce }: Telling,
): Digest {
  const count = (status: ReviewStatus) => report.recipes.filter((one) => one.status === status).length;
  const statuses = ["changed", "added", "removed", "renamed", "unchanged"] as const;
  const found = report.recipes
    .flatMap(({ findings }) => findings.new)
    .map((finding) => {
      const { file, line, codemod, rule, severity } = finding;
      return { path: file, line, rule: `${codemod}/${rule}`, severity, message: causedMessage(finding) };
    });
  return {
    command,
    bridge: report.bridge,
    bridgeBefore: report.bridgeBefore ?? null,
    shift: report.shift ?? null,
    risk: report.risk,
    recipes: report.recipes.map(reviewedRecipe),
    files: files.filter(({ before, after }) => before !== after).map((file) => ({ ...file, fixes: [] })),
    findings: [...new Map(found.map((one) => [JSON.stringify(one), one])).values()],
    unread: report.skipped.map(({ file, reason, failed }) => ({
      path: file,
      failed: failed ?? false,
      reason,
    })),
    summary: `${plural(report.recipes.length, "recipe")}: ${statuses.map((one) => `${count(one)} ${one}`).join(", ")}`,
    reproduce,
  };
}

function reviewedRecipe({ recipe, file, line, status, renamedFrom, effects }: RecipeReview): DigestRecipe {
  return {
    name: recipe,
    file,
    line,
    status,
    renamedFrom: renamedFrom ?? null,
    effects: effects.map(({ decidedBy, expected, cause = null, ...effect }) =>
      effectOf(effect, { decidedBy, expected: cause === null ? expected : null, cause, source: null }),
    ),
  };
}

interface AnyEffect {
  readonly knob: string;
  readonly before: Parameters<typeof valueText>[0];
  readonly after: Parameters<typeof valueText>[0];
  readonly scenario?: ScenarioReport;
}

function effectOf(
  { knob, before, after, scenario }: AnyEffect,
  why: Pick<DigestEffect, "decidedBy" | "expected" | "cause" | "source">,
): DigestEffect {
  return {
    knob,
    before: valueText(before),
    after: valueText(after),
    scenario: scenario === undefined ? null : scenarioText(scenario),
    ...why,
  };
}

/** Recipes by name; a fix in one file may change many in others. */
function recipesOf(files: readonly FileOutcome[]): DigestRecipe[] {
  const recipes = new Map<string, Map<string, DigestEffect>>();
  for (const { path, fixes } of files) {
    for (const { line, effects } of fixes) {
      for (const effect of effects) {
        const known = recipes.get(effect.recipe) ?? new Map<string, DigestEffect>();
        const told = effectOf(effect, {
          decidedBy: null,
          expected: null,
          cause: null,
          source: { path, line },
        });
        recipes.set(effect.recipe, known.set(JSON.stringify(told), told));
      }
    }
  }
  return [...recipes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, effects]) => ({
      name,
      file: null,
      line: null,
      status: "changed",
      renamedFrom: null,
      effects: [...effects.values()],
    }));
}

function fileOf({ path, before, after, fixes }: FileOutcome): DigestFile {
  return { path, before, after, fixes: fixes.map((fix) => fixOf(fix, before)) };
}

function fixOf(fix: AppliedFix, text: string): DigestFix {
  const { codemod, rule, line, message, verdict, effects } = fix;
  const told = foldEffects(effects).map(({ knob, before, after, scenario, recipes }) => {
    const where = scenario === null ? "" : ` (${scenario})`;
    return `${knob}: ${before} → ${after}${where} in ${recipesText(recipes)}`;
  });
  const lines = [...linesOfFix(text, fix)];
  return { rule: `${codemod}/${rule}`, line, lines, message, verdict, effects: told };
}
