import type { BridgeReport, SkippedFile } from "./outcome.ts";
import type { PythonParser } from "./python/parsed-text.ts";
import { moduleNaming } from "./recipe/module-names.ts";
import { releasedFiles } from "./recipe/released.ts";
import type { ModuleHost, SourceModule } from "./recipe/source-module.ts";

export interface SourceFile {
  /** POSIX path relative to the working directory; may start with `../`. */
  readonly path: string;
  /** The text as it stands on disk; a byte order mark stays as U+FEFF. */
  readonly text: string;
}

/** Python source outside the project: an installed Bridge, or the tree that `--bridge` names. */
export interface LibraryRoot {
  readonly path: string;
  /** The text of a file below the root, or null. */
  read(path: string): string | null;
}

/** What a run works on. */
export interface ProjectInput {
  /** Absolute POSIX path of the working directory. */
  readonly cwd: string;
  /** The Python files that may matter, those of the project around the targets included. */
  readonly files: readonly SourceFile[];
  /** The paths that the user asked for. */
  readonly targets: ReadonlySet<string>;
  /** Every Python file of the project, whether it is among `files` or not. */
  readonly listing: readonly string[];
  /** Reads a file of the listing that was not loaded, because an import asks for it. */
  read(path: string): string | null;
  /** Folders that `pyproject.toml` declares as import roots, relative to the working directory. */
  readonly importRoots: readonly string[];
  readonly library: readonly LibraryRoot[];
  readonly bridge: BridgeReport;
  /** Shell scripts, notebooks and YAML files among the targets that may say something about a launch. */
  readonly launchFiles?: readonly LaunchSource[];
}

/** A file beside Python. */
export interface LaunchSource extends SourceFile {
  /** Whether the user named it, so that it is listed whatever it says. */
  readonly named: boolean;
}

/** That the sides of a change run with different Bridges. */
export interface BridgeShift {
  /** `Bridge 0.4.2 → 0.6.2`. */
  readonly label: string;
  /** Whether a side's own files hold Bridge, so that it is the diff itself that changes it. */
  readonly isInDiff: boolean;
}

/** A project before a change and after it. */
export interface ChangeInput {
  readonly before: ProjectInput;
  readonly after: ProjectInput;
  /** Null where both sides run with the same Bridge. */
  readonly shift: BridgeShift | null;
  /** Whether reports name the Bridge before, too. */
  readonly namesBoth: boolean;
  /** What reports call the two sides. */
  readonly base: string;
  readonly head: string;
  /** Files that could not be read on one side or both. */
  readonly unread: readonly SkippedFile[];
}

/** A state of the project's texts. Immutable: an edit makes another project that shares what stayed the same. */
export interface Project {
  readonly input: ProjectInput;
  readonly host: ModuleHost;
  /** The modules among `files`, in the order of their paths. */
  readonly modules: readonly SourceModule[];
  module(path: string): SourceModule | null;
  /** Takes note of modules that will be looked into soon, in this order. */
  announce(modules: readonly SourceModule[]): void;
  with(changes: ReadonlyMap<string, string>): Project;
}

/** Opens a project; files that another one holds with the same name and text are not parsed again. */
export function openProject(input: ProjectInput, parser: PythonParser, other?: Project): Project {
  const nameOf = namingFor(input);
  const isReleased = releasedFiles(input.listing);
  const modules = new Map<string, SourceModule>();
  for (const { path, text } of [...input.files].sort((a, b) => comparePaths(a.path, b.path))) {
    const known = other?.module(path);
    const of = { path, text, name: nameOf(path), own: true, released: isReleased(path) };
    const isSame = known?.text === text && known.name === of.name && known.released === of.released;
    modules.set(path, isSame ? known : newModule(of, parser));
  }
  return makeProject({ input, parser, modules, nameOf, isReleased, external: new Map() });
}

/** Byte order, so that no locale changes a report. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Parts {
  readonly input: ProjectInput;
  readonly parser: PythonParser;
  readonly modules: ReadonlyMap<string, SourceModule>;
  readonly nameOf: (path: string) => string;
  readonly isReleased: (path: string) => boolean;
  /** Modules that an import brought in, by name; null where there is none. */
  readonly external: Map<string, SourceModule | null>;
}

function makeProject(parts: Parts): Project {
  const byName = new Map([...parts.modules.values()].map((module) => [module.name, module]));
  return {
    input: parts.input,
    modules: [...parts.modules.values()],
    module: (path) => parts.modules.get(path) ?? null,
    host: { find: (name) => byName.get(name) ?? findExternal(parts, name) },
    announce: (modules) => {
      parts.parser.ahead?.(modules.filter((one) => !one.isParsed()).map(({ text }) => text));
    },
    with: (changes) => {
      const modules = new Map(parts.modules);
      for (const [path, text] of changes) {
        if (modules.get(path)?.text === text) continue;
        modules.set(path, ownModule(parts, { path, text, name: parts.nameOf(path) }));
      }
      return makeProject({ ...parts, modules });
    },
  };
}

function namingFor(input: ProjectInput): (path: string) => string {
  const absolute = (path: string) => resolvePosix(input.cwd, path);
  const texts = new Map(input.files.map((file) => [absolute(file.path), file.text]));
  const layout = {
    listing: input.listing.map(absolute),
    importRoots: input.importRoots.map(absolute),
    text: (path: string) => texts.get(path) ?? null,
  };
  const name = moduleNaming(layout);
  return (path) => name(absolute(path));
}

function resolvePosix(base: string, path: string): string {
  if (path.startsWith("/")) return path;
  const parts = base.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

const listings = new WeakMap<ProjectInput, ReadonlyMap<string, string>>();

/** Import names of the files that were listed but not loaded. */
function listedNames(parts: Parts): ReadonlyMap<string, string> {
  let names = listings.get(parts.input);
  if (!names) {
    names = new Map(parts.input.listing.map((path) => [parts.nameOf(path), path]));
    listings.set(parts.input, names);
  }
  return names;
}

function findExternal(parts: Parts, name: string): SourceModule | null {
  const known = parts.external.get(name);
  if (known !== undefined) return known;
  const module = readListed(parts, name) ?? readLibrary(parts, name);
  parts.external.set(name, module);
  return module;
}

function readListed(parts: Parts, name: string): SourceModule | null {
  const path = listedNames(parts).get(name);
  const text = path === undefined ? null : parts.input.read(path);
  return path === undefined || text === null ? null : ownModule(parts, { path, text, name });
}

function ownModule(parts: Parts, of: { path: string; text: string; name: string }): SourceModule {
  return newModule({ ...of, own: true, released: parts.isReleased(of.path) }, parts.parser);
}

function readLibrary(parts: Parts, name: string): SourceModule | null {
  const base = name.replaceAll(".", "/");
  for (const root of parts.input.library) {
    for (const path of [`${base}.py`, `${base}/__init__.py`]) {
      const text = root.read(path);
      if (text !== null) return newModule({ path, text, name, own: false, released: true }, parts.parser);
    }
  }
  return null;
}

function newModule(
  of: Pick<SourceModule, "path" | "text" | "name" | "own" | "released">,
  parser: PythonParser,
): SourceModule {
  let parsed: ReturnType<PythonParser["parse"]> | null = null;
  return {
    ...of,
    isPackage: of.path.endsWith("__init__.py"),
    parsed: () => (parsed ??= parser.parse(of.text)),
    isParsed: () => parsed !== null,
  };
}
