import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { isWithin, relativePosix } from "./paths.ts";
import { Problem } from "./problem.ts";
import { findProjectRoot, type ProjectRoot } from "./project-root.ts";
import { namesIn } from "./quiet-fs.ts";
import { systemReason } from "./read-source.ts";
import { nearestName } from "./suggest.ts";

/** A path that the user named. */
export interface Target {
  /** As typed. */
  readonly named: string;
  /** Absolute, without symlinks. */
  readonly real: string;
  readonly kind: "file" | "directory";
  readonly root: ProjectRoot;
}

/**
 * Looks up the paths of the command line; a pattern that no shell expanded is expanded here.
 * @throws {Problem} for a path that is missing, cannot be reached, or leaves its project through a symlink.
 */
export async function resolveTargets(cwd: string, named: readonly string[]): Promise<Target[]> {
  const targets: Target[] = [];
  for (const path of named) {
    for (const one of await expandPattern(cwd, path)) targets.push(resolveTarget(cwd, one));
  }
  return targets;
}

/** Whether there is anything under that path. */
export function pathExists(cwd: string, path: string): boolean {
  return existsSync(resolve(cwd, path));
}

/** Whether there is a directory under that path. */
export function isDirectory(cwd: string, path: string): boolean {
  return statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function expandPattern(cwd: string, path: string): Promise<readonly string[]> {
  if (!/[*?[{]/.test(path) || existsSync(resolve(cwd, path))) return [path];
  const { glob } = await import("tinyglobby");
  const found = await glob(path, { cwd, onlyFiles: false, expandDirectories: false });
  if (found.length > 0) return found.map((one) => one.replace(/\/$/, "")).sort();
  throw new Problem("no file matches this pattern", {
    place: path,
    next: "check the pattern, or name a directory",
  });
}

function resolveTarget(cwd: string, named: string): Target {
  const lexical = resolve(cwd, named);
  const stats = statTarget(lexical, named, cwd);
  const real = realpathSync(lexical);
  const isDirectory = stats.isDirectory();
  if (!isDirectory && !stats.isFile()) {
    throw new Problem("is neither a file nor a directory", {
      place: named,
      next: "name a Python file or a directory",
    });
  }
  const link = lstatSync(lexical).isSymbolicLink();
  const root = findProjectRoot(isDirectory && !link ? lexical : dirname(lexical));
  if (!isWithin(root.path, real) && !(isDirectory && root.gitRoot === null)) {
    const place = relativePosix(cwd, real);
    throw new Problem(`a symbolic link that leaves the project, to ${place}`, {
      place: named,
      next: "name the file that it leads to",
    });
  }
  const inside = isWithin(root.path, real) ? root : findProjectRoot(real);
  return { named, real, kind: isDirectory ? "directory" : "file", root: inside };
}

function statTarget(lexical: string, named: string, cwd: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(lexical);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!missing)
      throw new Problem(`cannot be read: ${systemReason(error)}`, {
        place: named,
        next: "check its permissions",
      });
    if (isLink(lexical)) {
      throw new Problem("a symbolic link that leads nowhere", {
        place: named,
        next: "mend or remove the link",
      });
    }
    throw new Problem("no such file or directory", { place: named, next: nextForMissing(lexical, cwd) });
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** Proposes the sibling whose name is nearest, in the deepest directory of the path that exists. */
function nextForMissing(lexical: string, cwd: string): string {
  let missing = lexical;
  while (!existsSync(dirname(missing))) missing = dirname(missing);
  const parent = dirname(missing);
  const nearest = nearestName(
    basename(missing),
    namesIn(parent).filter((name) => !name.startsWith(".")),
  );
  if (nearest !== null)
    return `did you mean ${JSON.stringify(relativePosix(cwd, resolve(parent, nearest)))}?`;
  return `paths are looked up from ${JSON.stringify(cwd)}`;
}
