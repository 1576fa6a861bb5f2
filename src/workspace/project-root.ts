import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that a target belongs to. */
export interface ProjectRoot {
  /** Without symlinks. */
  readonly path: string;
  /** The working tree of git that holds it, or null. */
  readonly gitRoot: string | null;
}

/** The git working tree around a directory, else the nearest folder with a Python project file, else the directory. */
export function findProjectRoot(directory: string): ProjectRoot {
  const gitRoot = nearestWith(directory, [".git"]);
  if (gitRoot !== null) return { path: realpathSync(gitRoot), gitRoot: realpathSync(gitRoot) };
  const project = nearestWith(directory, ["pyproject.toml", "setup.py", "bridgemod.toml"]);
  return { path: realpathSync(project ?? directory), gitRoot: null };
}

function nearestWith(directory: string, names: readonly string[]): string | null {
  for (let at = directory; ; at = dirname(at)) {
    if (names.some((name) => existsSync(join(at, name)))) return at;
    if (at === dirname(at)) return null;
  }
}
