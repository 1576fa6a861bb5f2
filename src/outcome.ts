import type { Edit, Span } from "./edit.ts";
import type { Json } from "./json.ts";

/** What a fix was proved to do. See docs: a refuted fix is never written. */
export type Verdict = "preserving" | "requested" | "unproven" | "refuted";

/** What happened to a file. Every file ends in exactly one. */
export type Outcome = "changed" | "unchanged" | "skipped" | "failed";

export type Severity = "error" | "warning" | "info";

/** The circumstances under which a recipe runs, as far as Bridge looks at them. */
export interface ScenarioReport {
  readonly worldSize: number | null;
  readonly dp: number | null;
  readonly gpu: string | null;
  readonly te: boolean;
}

/** One knob of one recipe whose effective value a fix changes. */
export interface Effect {
  /** Import path: `module.function`. */
  readonly recipe: string;
  readonly knob: string;
  readonly before: Json;
  readonly after: Json;
  /** Given only where another scenario's effect differs from the first one's. */
  readonly scenario?: ScenarioReport;
}

/** A fix that was applied, or that `check` would apply. Lines are counted from 1. */
export interface AppliedFix {
  readonly codemod: string;
  readonly rule: string;
  readonly line: number;
  readonly message: string;
  readonly verdict: Verdict;
  readonly effects: readonly Effect[];
  readonly severity: Severity;
  /** What it is about, in the text before. Not part of the JSON, as are the edits. */
  readonly span: Span;
  /** The fix by itself, on the text before; null where it builds on what other fixes of the file did. */
  readonly edits: readonly Edit[] | null;
}

/** A proved fix that somebody is asked about, and its file without and with it alone. */
export interface OfferedFix {
  readonly path: string;
  readonly fix: AppliedFix;
  readonly before: string;
  readonly after: string;
}

/** The offers that are accepted, and whether to ask about more. */
export interface Choice {
  readonly accepted: readonly OfferedFix[];
  readonly goOn: boolean;
}

/** Chooses among proved fixes; those not accepted are declined. */
export type Chooser = (offers: readonly OfferedFix[]) => Promise<Choice>;

/** A finding that stays: no fix, or one that the policy does not let through. `info` does not affect the exit code. */
export interface RemainingFinding {
  readonly codemod: string;
  readonly rule: string;
  readonly line: number;
  readonly severity: Severity;
  readonly message: string;
}

/** A finding that stays, and the places that it is about in the text before and after. Not part of the JSON. */
export interface PlacedFinding extends RemainingFinding {
  readonly span: Span;
  readonly spanAfter: Span;
}

/** A finding that a comment in the file has ignored. */
export interface SuppressedFinding extends PlacedFinding {
  /** What the comment gives as a reason; may be empty. */
  readonly reason: string;
}

export interface FileOutcome {
  /** POSIX path relative to the working directory. */
  readonly path: string;
  readonly outcome: Outcome;
  /** Why the file was skipped or failed. */
  readonly reason: string | null;
  readonly fixes: readonly AppliedFix[];
  readonly remaining: readonly PlacedFinding[];
  /** What `# bridgemod: ignore[…]` keeps out of the rest; absent where there is none. */
  readonly suppressed?: readonly SuppressedFinding[];
  /** The text before and after; equal unless the outcome is `changed`. Not part of the JSON. */
  readonly before: string;
  readonly after: string;
}

export interface BridgeReport {
  readonly version: string;
  /** What decided the version: `--bridge`, `uv.lock`, `requirements.txt` … */
  readonly from: string;
  /** Set where recipes of Bridge are called whose source is not at hand. Not part of the JSON. */
  readonly recipesFromCatalog?: true;
  /** Set where nothing of the project tells the version. Not part of the JSON. */
  readonly assumed?: true;
}

export interface Counts {
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
}

/** The result of `check` and `migrate`. */
export interface RunReport {
  readonly bridge: BridgeReport;
  readonly files: readonly FileOutcome[];
}

/** One place that wrote a knob, in the order of execution. */
export interface WriterReport {
  readonly file: string;
  readonly line: number;
  readonly value: Json;
}

export interface KnobReport {
  readonly declared: Json;
  readonly effective: Json;
  readonly writers: readonly WriterReport[];
  /** `mixed_precision.setup`, `file:line` of the last writer, or `default`. */
  readonly decidedBy: string;
  /** What Bridge's start-up does to the declared value, in order; not part of the JSON. */
  readonly steps: readonly StepReport[];
}

/** A step of start-up that sets a knob; the last one wins. */
export interface StepReport {
  readonly by: string;
  readonly value: Json;
  /** What made the step choose this value, in a few words; null where it merely copies. */
  readonly why: string | null;
}

export interface RecipeReport {
  readonly file: string;
  readonly module: string;
  readonly function: string;
  readonly line: number;
  readonly scenario: ScenarioReport;
  readonly knobs: Readonly<Record<string, KnobReport>>;
  readonly findings: readonly RemainingFinding[];
}

/** Code that is meant as a recipe, of which nothing can be told. */
export interface UnexplainedFunction {
  readonly file: string;
  readonly module: string;
  /** `<module>` for code outside of functions. */
  readonly function: string;
  readonly line: number;
  readonly reason: string;
}

/** The result of `explain`: one entry per recipe and scenario. */
export interface ExplainReport {
  readonly bridge: BridgeReport;
  readonly recipes: readonly RecipeReport[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** What is meant as a recipe and could not be told; absent where there is none. */
  readonly unexplained?: readonly UnexplainedFunction[];
  /** Files in which no recipe could be told, for an import that raises. Not part of the JSON. */
  readonly lost?: readonly { readonly file: string; readonly reason: string }[];
}

/** One knob of a recipe that runs differently after a change. */
export interface ReviewEffect {
  readonly knob: string;
  readonly before: Json;
  readonly after: Json;
  /** What decides it after the change: `file:line` of the last writer, a step of Bridge, or `default`. */
  readonly decidedBy: string;
  /** Why a step of Bridge decides so, in a few words; left out where there is nothing to say. */
  readonly why?: string;
  /** Whether a reader of the diff would know: a changed line of the recipe's own file writes the knob so. */
  readonly expected: boolean;
  /** `Bridge 0.4.2 → 0.6.2` where that alone brings it about: it shows in the files as they were before the change, too. */
  readonly cause?: string;
  /** Given only where another scenario's effect differs from the first one's. */
  readonly scenario?: ScenarioReport;
}

/** A knob that changes only for callers who pass other arguments than a recipe's defaults. */
export interface ReviewOtherwise {
  readonly knob: string;
  /** Whether a changed line of the recipe's own file writes the knob. */
  readonly expected: boolean;
  /** As that of an effect. */
  readonly cause?: string;
}

/** A finding and the file that it is in: a recipe's may be in a helper elsewhere. */
export interface ReviewFinding extends RemainingFinding {
  readonly file: string;
  /** As that of an effect. */
  readonly cause?: string;
}

/** `unchanged`: what runs is the same, but the code that leads to it changed, or findings did. */
export type ReviewStatus = "changed" | "added" | "removed" | "renamed" | "unchanged";

/** What a change does to one recipe. */
export interface RecipeReview {
  /** Import path: `module.function`. */
  readonly recipe: string;
  /** Where it is after the change; of a removed one, where it was. */
  readonly file: string;
  readonly line: number;
  readonly status: ReviewStatus;
  /** The import path before the change; only of a renamed recipe. */
  readonly renamedFrom?: string;
  /** What runs differently when the recipe is called with its defaults. */
  readonly effects: readonly ReviewEffect[];
  /** Left out where there is none. */
  readonly otherwise?: readonly ReviewOtherwise[];
  readonly findings: { readonly new: readonly ReviewFinding[]; readonly gone: readonly ReviewFinding[] };
}

/** The result of `review`: every recipe that a change concerns, those in files that it does not touch included. */
export interface ReviewReport {
  /** That of the side after. */
  readonly bridge: BridgeReport;
  /** Left out where it is the same. */
  readonly bridgeBefore?: BridgeReport;
  /** Set where the sides run with different Bridges. */
  readonly shift?: ShiftReport;
  /** The revision before, and after: `WORKTREE`, `INDEX` or `PATCH` where it is not a commit. */
  readonly base: string;
  readonly head: string;
  /** One line: what to look at. */
  readonly risk: string;
  readonly recipes: readonly RecipeReview[];
  readonly skipped: readonly SkippedFile[];
}

/** What a change of the Bridge by itself does. */
export interface ShiftReport {
  /** `Bridge 0.4.2 → 0.6.2`. */
  readonly label: string;
  /** Whether it is the diff itself that changes Bridge, so that nothing can be told apart. */
  readonly isInDiff: boolean;
  /** How many recipes there are, changed or not. */
  readonly recipes: number;
  /** Recipes of which nothing can be told on one of the sides. */
  readonly untold: readonly string[];
  /** Fields that only one of the versions has and that hold their defaults: no effects of theirs are listed. */
  readonly bareFields: readonly string[];
}

/** A file that was not read, or not understood. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
  /** Whether the file is part of what was asked for: exit code 2. Not part of the JSON. */
  readonly failed?: boolean;
}

export function countOutcomes(files: readonly FileOutcome[]): Counts {
  const counts = { changed: 0, unchanged: 0, skipped: 0, failed: 0 };
  for (const { outcome } of files) counts[outcome] += 1;
  return counts;
}
