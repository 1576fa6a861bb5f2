import type { ParsedText } from "../python/parsed-text.ts";
import type { Stmt } from "../python/syntax.ts";

/** A Python file that can be imported. Parsed when first looked into. */
export interface SourceModule {
  /** Import name: `recipes.llama.base`. */
  readonly name: string;
  readonly isPackage: boolean;
  /** POSIX path as reported; for a library the path below its root. */
  readonly path: string;
  readonly text: string;
  /** Whether the user's own project holds the file, in contrast to an installed library. */
  readonly own: boolean;
  /** Whether it came with a library: Bridge's own file, also where a checkout of Bridge is the user's project. */
  readonly released: boolean;
  parsed(): ParsedText;
  /** Whether anybody has asked for the syntax: most files of a large repository are never parsed. */
  isParsed(): boolean;
}

/** Finds modules by their import name. */
export interface ModuleHost {
  find(name: string): SourceModule | null;
}

export interface TopLevelName {
  /** Every statement that binds the name at the module's top level, in order. */
  readonly bindings: readonly Stmt[];
}
