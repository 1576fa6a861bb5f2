import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { ProjectInput } from "../project.ts";
import { chooseBridge, type BridgeChoice, type BridgeWish } from "./bridge-version.ts";
import { loadConfig, type Config } from "./config.ts";
import { enumerateProject, startDirectories, type Enumeration } from "./enumerate.ts";
import { declaredImportRoots } from "./import-roots.ts";
import { loadFiles, type LoadedFiles } from "./load-files.ts";
import { commonDirectory, relativePosix } from "./paths.ts";
import { findProjectRoot } from "./project-root.ts";
import { readText } from "./read-source.ts";
import { Problem } from "./problem.ts";
import { resolveTargets, type Target } from "./targets.ts";

/** The place that a run is about: what was named, and the project around it. */
export interface Workspace {
  /** Absolute, without symlinks; paths are reported relative to it. */
  readonly cwd: string;
  readonly targets: readonly Target[];
  readonly config: Config;
  /** The deepest directory that holds all targets, and the root of its project. */
  readonly base: string;
  readonly root: string;
  readonly overlay: { readonly absolute: string; readonly bytes: Buffer } | null;
}

export interface OpenRequest {
  readonly cwd: string;
  readonly paths: readonly string[];
  /** Text from stdin and the name that it goes by; it then is the only target. */
  readonly stdin: { readonly name: string; readonly bytes: Buffer } | null;
  readonly configFile: string | null;
  readonly isolated: boolean;
}

/**
 * Looks up the targets and the configuration that holds for them.
 * @throws {Problem}
 */
export async function openWorkspace(request: OpenRequest): Promise<Workspace> {
  const cwd = realpathSync(request.cwd);
  const overlay = request.stdin === null ? null : placeStdin(cwd, request.stdin);
  const targets =
    overlay === null ? await resolveTargets(cwd, request.paths) : [overlayTarget(overlay.absolute)];
  const base = targets.length === 0 ? cwd : commonDirectory(startDirectories(targets));
  const first = targets[0]?.root ?? findProjectRoot(cwd);
  const root = targets.every((target) => target.root.path === first.path) ? first.path : base;
  const { configFile, isolated } = request;
  const config = loadConfig({ cwd, from: base, to: root, file: configFile, isolated });
  return { cwd, targets, config, base, root, overlay };
}

/** A project that was read: what the engine is given, and what is needed to write its answer. */
export interface Project extends LoadedFiles {
  readonly input: ProjectInput;
  readonly enumeration: Enumeration;
}

export interface BridgeRequest {
  readonly bridge: BridgeWish | null;
  readonly knownVersions: readonly string[];
}

export interface ProjectRequest extends BridgeRequest {
  readonly mentionsRecipes: (bytes: Buffer) => boolean;
  readonly mentionsLaunch: (bytes: Buffer) => boolean;
}

/**
 * Reads the project's Python files and decides the version of Bridge.
 * @throws {Problem}
 */
export function loadProject(workspace: Workspace, request: ProjectRequest): Project {
  const { cwd, base, root, overlay } = workspace;
  const enumeration = enumerateProject(workspace.targets, exclusionOf(workspace));
  const projectFiles = filesOf(enumeration);
  const choice = choose(workspace, request, projectFiles);
  const { mentionsRecipes, mentionsLaunch } = request;
  const loaded = loadFiles(enumeration, { cwd, mentionsRecipes, mentionsLaunch, overlay });
  const importRoots = declaredImportRoots(base, root, cwd);
  const { files, targets, setAside, originals, matter, launchFiles } = loaded;
  const input = {
    cwd: cwd.split(sep).join("/"),
    files,
    targets,
    listing: projectFiles.map((file) => relativePosix(cwd, file)),
    read: (path: string) => readText(resolve(cwd, path)),
    importRoots,
    launchFiles,
    ...choice,
  };
  return { input, enumeration, files, targets, setAside, originals, matter, launchFiles };
}

/**
 * The version of Bridge and its sources alone, of a project that may hold no Python at all.
 * @throws {Problem} for a version that the catalog does not know, or a directory without Bridge.
 */
export function findBridge(workspace: Workspace, request: BridgeRequest): BridgeChoice {
  return choose(workspace, request, pythonFiles(workspace));
}

function pythonFiles(workspace: Workspace): readonly string[] {
  try {
    return filesOf(enumerateProject(workspace.targets, exclusionOf(workspace)));
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

function choose(
  { cwd, base, root }: Workspace,
  { bridge, knownVersions }: BridgeRequest,
  projectFiles: readonly string[],
): BridgeChoice {
  return chooseBridge({ cwd, wish: bridge, known: knownVersions, from: base, root, projectFiles });
}

function filesOf({ named, found, around }: Enumeration): string[] {
  return [...named, ...found, ...around];
}

function exclusionOf({ config }: Workspace): Parameters<typeof enumerateProject>[1] {
  return config.exclude === undefined ? null : { base: config.directory, patterns: config.exclude };
}

function placeStdin(
  cwd: string,
  stdin: { readonly name: string; readonly bytes: Buffer },
): Workspace["overlay"] & object {
  const lexical = resolve(cwd, stdin.name);
  return { absolute: join(realDirectory(dirname(lexical)), basename(lexical)), bytes: stdin.bytes };
}

function overlayTarget(absolute: string): Target {
  return { named: absolute, real: absolute, kind: "file", root: findProjectRoot(dirname(absolute)) };
}

/** The real path of a directory, as far up as it exists. */
function realDirectory(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory === dirname(directory)
      ? directory
      : join(realDirectory(dirname(directory)), basename(directory));
  }
}
