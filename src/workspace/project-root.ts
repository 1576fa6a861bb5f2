import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that a target belongs to. */
export interface ProjectRoot {
  /** Without symlinks. */
  readonly path: string;
  /** The working tree of git that holds it, or null. */
  readonly gitRoot: string | null;
}

/** What `megatron` holds where Bridge is installed. */
const BRIDGE = join("bridge", "training", "config.py");

/**
 * The git working tree around a directory, else the nearest folder with a Python project file, else the package of
 * Bridge that it lies in, else the directory.
 */
export function findProjectRoot(directory: string): ProjectRoot {
  const gitRoot = findGitRoot(directory);
  if (gitRoot !== null) return { path: gitRoot, gitRoot };
  const project =
    nearestWith(directory, ["pyproject.toml", "setup.py", "bridgemod.toml"]) ??
    nearestWith(directory, [BRIDGE]);
  return { path: realpathSync(project ?? nearestExisting(directory)), gitRoot: null };
}

/** The root of the git working tree that holds a directory, or null. Without symlinks. */
export function findGitRoot(directory: string): string | null {
  const root = nearestWith(directory, [".git"]);
  return root === null ? null : realpathSync(root);
}

function nearestExisting(directory: string): string {
  return existsSync(directory) ? directory : nearestExisting(dirname(directory));
}

function nearestWith(directory: string, names: readonly string[]): string | null {
  for (let at = directory; ; at = dirname(at)) {
    if (names.some((name) => existsSync(join(at, name)))) return at;
    if (at === dirname(at)) return null;
  }
}
