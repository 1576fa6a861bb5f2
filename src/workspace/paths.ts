import { isAbsolute, relative, resolve, sep } from "node:path";

/** A POSIX path relative to `base`; `.` for the base itself. */
export function relativePosix(base: string, absolute: string): string {
  const path = relative(base, absolute);
  if (path === "") return ".";
  return sep === "/" ? path : path.split(sep).join("/");
}

/** Whether `path` is `root` or lies below it. Both absolute and free of symlinks. */
export function isWithin(root: string, path: string): boolean {
  if (path === root) return true;
  const rest = relative(root, path);
  return rest !== "" && rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}

/** The directory and its parents up to and with `top`; only the directory where `top` is not above it. */
export function directoriesUpTo(directory: string, top: string): string[] {
  const chain = [directory];
  if (!isWithin(top, directory)) return chain;
  for (let at = directory; at !== top;) {
    at = resolve(at, "..");
    chain.push(at);
  }
  return chain;
}

/** The deepest directory that holds all the given ones. */
export function commonDirectory(directories: readonly string[]): string {
  let common = directories[0] ?? "/";
  for (const directory of directories) {
    while (!isWithin(common, directory)) common = resolve(common, "..");
  }
  return common;
}
