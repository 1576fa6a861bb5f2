import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { gitText, nulSeparated } from "./git-process.ts";
import { isWithin, relativePosix } from "./paths.ts";
import { resolveChange } from "./revisions.ts";
import type { IsSelectable } from "./selectable.ts";

export interface ChangedPathsRequest {
  readonly cwd: string;
  /** The revision to compare the working tree with; null for what is staged. */
  readonly since: string | null;
  /** Only files at or below these paths, if there are any. */
  readonly below: readonly string[];
  readonly isSelectable: IsSelectable;
}

export interface ChangedPaths {
  /** Relative to the working directory, sorted. */
  readonly paths: readonly string[];
  /** Those that were changed again after they had been staged. */
  readonly halfStaged: readonly string[];
}

const MEND = "mend that; `git diff` must work here";
const DIFF = ["diff", "--name-only", "--no-renames", "--no-ext-diff", "--diff-filter=d", "-z"];

/**
 * The files to work on that git sees as changed, new ones included; deleted ones are nothing to look at.
 * @throws {Problem} outside a repository, and for an unknown revision.
 */
export async function changedPaths(request: ChangedPathsRequest): Promise<ChangedPaths> {
  const { cwd, since, below, isSelectable } = request;
  const { root, before } = await resolveChange({ cwd, range: since ?? "HEAD", staged: since === null });
  const ask = async (args: readonly string[]) => nulSeparated(await gitText(root, args, MEND));
  const base = before.kind === "commit" ? before.id : "HEAD";
  const names =
    since === null
      ? await ask([...DIFF, "--cached", base])
      : [
          ...(await ask([...DIFF, base])),
          ...(await ask(["ls-files", "--others", "--exclude-standard", "-z"])),
        ];
  const unstaged = new Set(since === null ? await ask(DIFF) : []);
  const here = realpathSync(cwd);
  const limits = below.map((path) => resolve(here, path));
  const files = [...new Set(names)]
    .filter((name) => existsSync(join(root, name)))
    .filter((name) => limits.length === 0 || limits.some((limit) => isWithin(limit, join(root, name))))
    .filter((name) => isSelectable(join(root, name)))
    .sort();
  const shown = (name: string) => relativePosix(here, join(root, name));
  return {
    paths: files.map(shown),
    halfStaged: files.filter((name) => unstaged.has(name)).map(shown),
  };
}
