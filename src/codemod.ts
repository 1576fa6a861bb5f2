import type { Analysis } from "./analysis.ts";
import type { Overwrites } from "./bridge/tables.ts";
import type { Edit, Span } from "./edit.ts";
import type { LaunchFile } from "./launch/setting.ts";
import type { Severity } from "./outcome.ts";
import type { Intent } from "./policy.ts";
import type { ClassValue } from "./recipe/value.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import type { RaisedSite } from "./raised.ts";
import type { KnobSite } from "./sites.ts";

/** When a codemod runs: by default, when overlap is asked for, or when tidying up is. */
export type CodemodSet = "recommended" | "overlap" | "cleanup";

/**
 * Finds places in recipes and proposes fixes. Its name is its folder's, its summary the first paragraph of its README.
 * It has no options: what users choose is the run's intent.
 */
export interface Codemod {
  readonly set: CodemodSet;
  /** The knobs that its fixes may change, as `section.field` or `section.*`. */
  readonly remit: readonly string[];
  /** Pure: the same file and analysis give the same findings, in any order of codemods. */
  find(file: RecipeFile): Iterable<Finding>;
  /** Looks at a file beside Python, for findings without a fix: nobody can tell which recipe such a file is about. */
  findInLaunch?(file: LaunchFile): Iterable<Finding>;
}

/** A codemod with the name of its folder. */
export interface NamedCodemod extends Codemod {
  readonly name: string;
}

/** What a codemod sees of one file. */
export interface RecipeFile {
  readonly path: string;
  readonly text: string;
  readonly source: SourceModule;
  readonly intent: Intent;
  /** Places of this file that wrote a field of a container's section in some recipe of the project. */
  readonly sites: readonly KnobSite[];
  /** Statements of this file at which some recipe of the project raises. */
  readonly raised: readonly RaisedSite[];
  readonly analysis: Analysis;
  /** What start-up overwrites in the version of Bridge at hand. */
  readonly overwrites: Overwrites;
  /** The fields that a class declares, inherited ones included. */
  fieldNames(type: ClassValue): ReadonlySet<string>;
  /** The module that a name is imported from at the top of the file; null if it is not. */
  importedFrom(name: string): string | null;
  /** Whether some recipe of the project runs the function around a place. */
  wasRun(place: Span): boolean;
}

/** A place, a rule, and what, why and what to do about it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly fix: Fix | null;
}

/** Edits that apply whole or not at all, and what they are meant to change in what runs. */
export interface Fix {
  readonly edits: readonly Edit[];
  readonly claims: readonly Claim[];
  /** Names of the recipes that run through the edited places. */
  readonly recipes: readonly string[];
  /** The knobs that the edited places write, as `section.field`. */
  readonly knobs: readonly string[];
}

/** A knob of a recipe that a fix means to change; for one that raises today, a knob that it means to make run. */
export interface Claim {
  readonly recipe: string;
  readonly knob: string;
}

/** Checks a codemod's shape at the type level; the default export of `codemods/<name>/index.ts`. */
export function defineCodemod(codemod: Codemod): Codemod {
  return codemod;
}

/** Whether a knob lies within a remit. */
export function isWithin(remit: readonly string[], knob: string): boolean {
  return remit.some((one) => one === knob || (one.endsWith(".*") && knob.startsWith(one.slice(0, -1))));
}
