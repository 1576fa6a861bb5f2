import type { Enumeration } from "./enumerate.ts";
import { relativePosix } from "./paths.ts";
import { PARSE_ALL_BELOW } from "../policy.ts";
import type { LaunchSource, SourceFile } from "../project.ts";
import { decodeSource, readSource } from "./read-source.ts";

/** A file that was read, as it must still be when we write it. */
export interface Original {
  /** Absolute, without symlinks. */
  readonly absolute: string;
  readonly bytes: Buffer;
}

/** A target that the engine is not shown. */
export interface SetAside {
  readonly path: string;
  readonly outcome: "unchanged" | "skipped" | "failed";
  readonly reason: string | null;
}

export interface LoadedFiles {
  readonly files: readonly SourceFile[];
  readonly targets: ReadonlySet<string>;
  readonly setAside: readonly SetAside[];
  /** The targets that the engine is shown, by path. */
  readonly originals: ReadonlyMap<string, Original>;
  /** Targets that mention recipes: only these can change. */
  readonly matter: ReadonlySet<string>;
  readonly launchFiles: readonly LaunchSource[];
}

export interface LoadOptions {
  readonly cwd: string;
  /** Whether a file can matter at all, told from its bytes. */
  readonly mentionsRecipes: (bytes: Buffer) => boolean;
  /** The same of a file beside Python. */
  readonly mentionsLaunch: (bytes: Buffer) => boolean;
  /** Text of a file that is not on disk as such: what came on stdin. */
  readonly overlay: { readonly absolute: string; readonly bytes: Buffer } | null;
}

/** Reads the targets, and of the files around them those that mention recipes. */
export function loadFiles(enumeration: Enumeration, options: LoadOptions): LoadedFiles {
  const loader = new Loader(options);
  for (const file of enumeration.named) loader.readTarget(file, true);
  for (const file of enumeration.found) loader.readTarget(file, false);
  loader.decodeTargets();
  for (const file of enumeration.around) loader.readAround(file);
  for (const file of enumeration.beside) loader.readBeside(file);
  for (const { path, outcome, reason } of enumeration.passed) {
    loader.setAside.push({ path: relativePosix(options.cwd, path), outcome, reason });
  }
  return loader;
}

interface ReadTarget extends Original {
  readonly path: string;
  readonly named: boolean;
}

class Loader implements LoadedFiles {
  readonly files: SourceFile[] = [];
  readonly targets = new Set<string>();
  readonly setAside: SetAside[] = [];
  readonly originals = new Map<string, Original>();
  readonly matter = new Set<string>();
  readonly launchFiles: LaunchSource[] = [];
  readonly #options: LoadOptions;
  readonly #read: ReadTarget[] = [];

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  readTarget(absolute: string, named: boolean): void {
    const path = relativePosix(this.#options.cwd, absolute);
    const result = this.#bytesOf(absolute);
    if ("reason" in result) {
      this.setAside.push({ path, outcome: "failed", reason: result.reason });
      return;
    }
    if (this.#options.mentionsRecipes(result.bytes)) this.matter.add(path);
    this.#read.push({ path, absolute, bytes: result.bytes, named });
  }

  decodeTargets(): void {
    const total = this.#read.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const target of this.#read) {
      if (total < PARSE_ALL_BELOW || target.named || this.matter.has(target.path)) this.#decode(target);
      else this.setAside.push({ path: target.path, outcome: "unchanged", reason: null });
    }
  }

  readAround(absolute: string): void {
    const result = this.#bytesOf(absolute);
    if ("reason" in result || !this.#options.mentionsRecipes(result.bytes)) return;
    const decoded = decodeSource(result.bytes);
    if ("text" in decoded)
      this.files.push({ path: relativePosix(this.#options.cwd, absolute), text: decoded.text });
  }

  readBeside({ path: absolute, named }: Enumeration["beside"][number]): void {
    const path = relativePosix(this.#options.cwd, absolute);
    const result = this.#bytesOf(absolute);
    const decoded = "reason" in result ? result : this.#decodeLaunch(result.bytes, named);
    if (decoded === null) return;
    if ("text" in decoded) this.launchFiles.push({ path, text: decoded.text, named });
    else if (named) this.setAside.push({ path, outcome: "failed", reason: decoded.reason });
  }

  /** Null for a file that nobody named and that says nothing about a launch. */
  #decodeLaunch(bytes: Buffer, named: boolean): ReturnType<typeof decodeSource> | null {
    return named || this.#options.mentionsLaunch(bytes) ? decodeSource(bytes) : null;
  }

  #decode({ path, absolute, bytes }: ReadTarget): void {
    const decoded = decodeSource(bytes);
    if ("reason" in decoded) {
      this.setAside.push({ path, outcome: "failed", reason: decoded.reason });
      return;
    }
    this.files.push({ path, text: decoded.text });
    this.targets.add(path);
    this.originals.set(path, { absolute, bytes });
  }

  #bytesOf(absolute: string): ReturnType<typeof readSource> {
    const { overlay } = this.#options;
    return overlay?.absolute === absolute ? { bytes: overlay.bytes } : readSource(absolute);
  }
}
