import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { isBelowIgnored, isForeign, rulesAbove } from "./ignore-rules.ts";
import { isWithin } from "./paths.ts";

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
 * The git working tree around a directory, else the nearest folder with a Python project file, else the directory. One
 * that lies in an installed Bridge, which is in no project or left out of it, belongs to Bridge's package.
 */
export function findProjectRoot(directory: string): ProjectRoot {
  const gitRoot = findGitRoot(directory);
  const bridge = nearestWith(directory, [BRIDGE]);
  if (gitRoot !== null) {
    const path = bridge !== null && isLeftOut(realpathSync(bridge), gitRoot) ? realpathSync(bridge) : gitRoot;
    return { path, gitRoot };
  }
  const project = nearestWith(directory, ["pyproject.toml", "setup.py", "bridgemod.toml"]) ?? bridge;
  return { path: realpathSync(project ?? nearestExisting(directory)), gitRoot: null };
}

function isLeftOut(directory: string, root: string): boolean {
  if (!isWithin(root, directory)) return false;
  return isForeign(directory, root) || isBelowIgnored(rulesAbove(directory, root), directory, root);
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
