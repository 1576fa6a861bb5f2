import type { BridgeReport } from "../outcome.ts";

/** A Python file as the engine sees it. */
export interface SourceFile {
  /** POSIX path relative to the working directory; may start with `../`. */
  readonly path: string;
  /** A byte-order mark is kept at index 0. */
  readonly text: string;
}

/** A directory that holds `megatron/`: what `--bridge DIR` names, or an installed Bridge. */
export interface LibraryRoot {
  /** Absolute. */
  readonly path: string;
  /** The text of `megatron/bridge/…py` below the root, or null. */
  read(modulePath: string): string | null;
}

/** Everything that the engine may look at. */
export interface ProjectInput {
  readonly files: readonly SourceFile[];
  /** The paths that the user asked for, a part of `files`. */
  readonly targets: ReadonlySet<string>;
  /** Directories relative to the working directory that `pyproject.toml` declares. */
  readonly importRoots: readonly string[];
  readonly library: readonly LibraryRoot[];
  readonly bridge: BridgeReport;
}
